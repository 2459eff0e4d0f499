import type { Value } from "../graph/node.ts";

/** @throws {RangeError} When a prior precision is a number that is not above zero. */
export function checkPriorPrecision(operation: string, priorPrecision: Value | undefined): void {
  if (typeof priorPrecision !== "number" || priorPrecision > 0) return;
  throw new RangeError(
    `${operation}: expected priorPrecision > 0, got ${priorPrecision}. For no prior, leave it out.`,
  );
}
