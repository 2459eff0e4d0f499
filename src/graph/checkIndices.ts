import type { TensorData } from "../tensor/hostTensor.ts";

/** @throws {RangeError} When an index does not point into an axis of this size. */
export function checkIndices(
  operation: string,
  indices: TensorData,
  axis: string,
  size: number,
): void {
  for (let i = 0; i < indices.length; i++) {
    if (indices[i] >= 0 && indices[i] < size) continue;
    throw new RangeError(
      `${operation}: expected indices from 0 to ${size - 1} along axis "${axis}", got ${indices[i]}.`,
    );
  }
}
