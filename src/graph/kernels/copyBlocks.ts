import type { TensorData } from "../../tensor/hostTensor.ts";

/** Below this length a loop copies faster than a call does. */
const WORTH_A_CALL = 32;

/** Copy `blocks` blocks of `count` entries that lie evenly spaced in both arrays. */
export function copyBlocks(
  out: TensorData,
  to: number,
  outStep: number,
  data: TensorData,
  from: number,
  dataStep: number,
  count: number,
  blocks: number,
): void {
  for (let block = 0; block < blocks; block++) {
    const start = from + block * dataStep;
    const target = to + block * outStep;
    if (count < WORTH_A_CALL) {
      for (let i = 0; i < count; i++) out[target + i] = data[start + i];
    } else {
      out.set(data.subarray(start, start + count), target);
    }
  }
}
