/** @throws {RangeError} When an option is not in its range. */
export function checkOption(
  operation: string,
  option: string,
  value: number,
  range: string,
  holds: boolean,
): void {
  if (holds) return;
  throw new RangeError(`${operation}: expected ${option} ${range}, got ${value}.`);
}
