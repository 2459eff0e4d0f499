import { FormatError } from "../formatError.ts";

/** What `act` gives; a fault of a value is told with the file that it is in. */
export function inFile<Result>(path: string, act: () => Result): Result {
  try {
    return act();
  } catch (cause) {
    throw told(path, cause);
  }
}

/** An error with the file's name before it. */
export function told(path: string, cause: unknown): unknown {
  if (!(cause instanceof FormatError) || cause.message.startsWith(`${path}: `)) return cause;
  return new FormatError(`${path}: ${cause.message}`, { cause });
}
