/** @throws {RangeError} When `steps` is not a whole number of at least 0. */
export function checkSteps(operation: string, steps: number): void {
  if (Number.isSafeInteger(steps) && steps >= 0) return;
  throw new RangeError(
    `${operation}: expected steps to be a whole number of at least 0, got ${steps}.`,
  );
}
