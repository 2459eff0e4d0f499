import { FormatError } from "./formatError.ts";
import { formats } from "./formats.ts";
import { readIndexedPng } from "./indexedPng.ts";
import { readMaskPng } from "./maskPng.ts";
import type { NamedMask } from "./namedMask.ts";
import { hasPalette, isPng } from "./png.ts";
import { type ReadCocoOptions, readCoco } from "./readCoco.ts";

/**
 * Read a mask from a file of any format that can be read, told by the file itself.
 *
 * @throws {FormatError} None of them, or damaged.
 */
export function readMaskFile(bytes: Uint8Array, options: ReadCocoOptions = {}): NamedMask {
  if (isPng(bytes)) return hasPalette(bytes) ? readIndexedPng(bytes) : readMaskPng(bytes);
  if (formats.coco.recognises(bytes)) return readCoco(bytes, options);
  throw new FormatError(
    "readMaskFile: expected a PNG or COCO JSON, got something else. JPEG blurs labels: save the mask as PNG.",
  );
}
