import { basename } from "node:path";
import {
  FormatError,
  type NamedMask,
  type ReadCocoOptions,
  readMaskFile,
} from "../formats/index.ts";
import { readBytes } from "./readBytes.ts";

/**
 * Read a mask file: a black and white or an indexed PNG, or COCO JSON.
 *
 * @throws {Error} The file is missing, a folder or not readable.
 * @throws {FormatError} Empty, damaged, or not a mask.
 */
export async function readMask(path: string, options: ReadCocoOptions = {}): Promise<NamedMask> {
  const bytes = await readBytes("readMask", path, "a mask");
  try {
    return readMaskFile(bytes, options);
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new FormatError(`${basename(path)}: ${cause.message}`, { cause });
  }
}
