/** The elements of lists in JSON, one after another, so that the file need not fit into memory. */

import { JSONParser } from "@streamparser/json";
import { FormatError } from "./formatError.ts";
import type { Field } from "./jsonFields.ts";

export interface JsonElement<List extends string> {
  /** The name of the list that it stands in. */
  readonly list: List;
  /** The element and its path, such as `annotations.3`. */
  readonly field: Field;
}

/**
 * The elements of some lists, by their paths from the outermost object, in the order of the file. Whatever else there
 * is in the file is parsed and forgotten.
 *
 * @param operation The name the caller used, for messages.
 * @param chunks    The file's bytes, UTF-8, piece by piece.
 * @throws {FormatError} Not JSON, truncated, or an object where a list should be; with the last good
 *   element's path. A list that is not there has no elements.
 */
export async function* jsonElements<List extends string>(
  operation: string,
  chunks: AsyncIterable<Uint8Array>,
  lists: readonly List[],
): AsyncGenerator<JsonElement<List>> {
  const paths = lists.map((list) => `$.${list}.*`);
  for await (const { value, key, within } of values(operation, chunks, paths)) {
    const list = lists.find((name) => name === within);
    if (list !== undefined) yield { list, field: { value, path: `${list}.${key}` } };
  }
}

/**
 * The elements of a list that is the whole file, with their paths: `0`, `1` …
 *
 * @throws {FormatError} As `jsonElements`.
 */
export async function* jsonList(
  operation: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Field> {
  for await (const { value, key } of values(operation, chunks, ["$.*"])) {
    yield { value, path: `${key}` };
  }
}

interface Value {
  readonly value: unknown;
  readonly key: number;
  /** The path of the list; empty where it is the whole file. */
  readonly within: string;
}

async function* values(
  operation: string,
  chunks: AsyncIterable<Uint8Array>,
  paths: string[],
): AsyncGenerator<Value> {
  const parser = new JSONParser({ paths, keepStack: false });
  let found: Value[] = [];
  let place = "at its start";
  parser.onValue = ({ value, key, stack }) => {
    // The stack is the way down from the root, which has no name.
    const way = stack.slice(1).map((one) => one.key);
    const within = way.join(".");
    if (typeof key !== "number") {
      const before = within === "" ? "" : `${within}: `;
      throw new FormatError(`${operation}: ${before}expected a list, got an object.`);
    }
    place = `after ${[...way, key].join(".")}`;
    found.push({ value, key, within });
  };
  for await (const chunk of chunks) {
    attempt(
      operation,
      () => parser.write(chunk),
      () => place,
    );
    // What one piece holds is handed out before the next is read.
    const ready = found;
    found = [];
    yield* ready;
  }
  if (parser.isEnded) return;
  attempt(
    operation,
    () => parser.end(),
    () => place,
  );
  // The parser takes no bytes at all for a document.
  throw new FormatError(`${operation}: expected JSON, got an empty file.`);
}

function attempt(operation: string, step: () => void, place: () => string): void {
  try {
    step();
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError(
      `${operation}: expected JSON, got a fault ${place()} (${(cause as Error).message}). Copy the file again from where it came.`,
      { cause },
    );
  }
}
