/** The bytes of one regular file, or a clear reason why not. */

import type { Stats } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { FormatError } from "../formats/index.ts";
import { fileProblem } from "./fileProblem.ts";

/** Larger files are refused before they are read: 1 GiB. */
const MAX_BYTES = 2 ** 30;

/**
 * Read a whole file.
 *
 * @param operation The name the caller used, for messages.
 * @param wanted    What the file should hold, such as `a picture`.
 * @throws {Error} Missing, a folder, a device, not readable.
 * @throws {FormatError} Empty.
 * @throws {RangeError} Larger than 1 GiB.
 */
export async function readBytes(
  operation: string,
  path: string,
  wanted: string,
): Promise<Uint8Array> {
  const expected = `${wanted} in a file at "${path}"`;
  let status: Stats;
  try {
    status = await stat(path);
  } catch (cause) {
    throw fileProblem(operation, expected, cause);
  }
  if (status.isDirectory()) throw fileProblem(operation, expected, { code: "EISDIR" });
  if (!status.isFile()) {
    throw new Error(
      `${operation}: expected ${expected}, got a ${special(status)}. Save it as a file first.`,
    );
  }
  if (status.size === 0) {
    throw new FormatError(
      `${operation}: expected ${expected}, got an empty file. Copy it again from where it came.`,
    );
  }
  if (status.size > MAX_BYTES) {
    throw new RangeError(
      `${operation}: expected ${expected} of at most 1 GiB, got ${(status.size / MAX_BYTES).toFixed(1)} GiB. Save it smaller.`,
    );
  }
  try {
    return await readFile(path);
  } catch (cause) {
    throw fileProblem(operation, expected, cause);
  }
}

function special(status: Stats): string {
  if (status.isFIFO()) return "pipe";
  return status.isSocket() ? "socket" : "device";
}
