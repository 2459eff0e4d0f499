/**
 * Bytes from outside are not what they should be. The message gives the place of the fault, what
 * was expected there and what came: `coco.json at annotations.3.bbox: expected …, got …`.
 */
export class FormatError extends Error {
  override readonly name = "FormatError";
}
