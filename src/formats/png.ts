/** PNG bytes for the formats of this room, by fast-png; what it throws becomes a `FormatError`. */

import { type DecodedPng, decode, encode, hasPngSignature, type ImageData } from "fast-png";
import type { Size } from "../image/pixels.ts";
import { FormatError } from "./formatError.ts";

/** A PNG that claims more pixels is refused before it is decoded. */
const MAX_PIXELS = 200e6;

/** What deflate can make of one byte, at the most; and what is granted beside it. */
const MAX_RATIO = 1032;
const SLACK = 1 << 16;

/** Bytes of the signature, of the first chunk's length and of its name `IHDR`. */
const HEADER_AT = 16;
/** After width, height (4 bytes each) and bit depth. */
const COLOUR_TYPE_AT: number = HEADER_AT + 9;

/** One row of samples after another, and what the samples mean. */
export interface PngPixels extends Size {
  /** 1 grey or palette index, 3 red green blue. */
  readonly channels: 1 | 3;
  /** Of 8 or 16 bits. */
  readonly data: Uint8Array | Uint8ClampedArray | Uint16Array;
  /** Red, green and blue by index, 1 to 256 of them. */
  readonly palette?: readonly (readonly [number, number, number])[];
  /** The labels of a mask, kept in a text chunk that other programs pass over. */
  readonly labels?: readonly string[];
}

/** A text chunk holds Latin-1 only, hence JSON with everything else escaped. */
const LABELS_KEYWORD = "maskwise labels";

export function encodePng({ palette, labels, ...pixels }: PngPixels): Uint8Array {
  const { data } = pixels;
  const samples =
    data instanceof Uint16Array ? data : new Uint8Array(data.buffer, data.byteOffset, data.length);
  const depth = data instanceof Uint16Array ? 16 : 8;
  const image: ImageData = { ...pixels, data: samples, depth };
  if (palette) image.palette = palette.map((colour) => [...colour]);
  if (labels) image.text = { [LABELS_KEYWORD]: escaped(labels) };
  return encode(image);
}

/**
 * Decode a PNG, its checksums checked.
 *
 * @param operation The name the caller used, for messages.
 * @throws {FormatError} Not a PNG, damaged or truncated, or of more than 200 million pixels.
 */
export function decodePng(operation: string, bytes: Uint8Array): DecodedPng {
  if (!isPng(bytes) || bytes.length < HEADER_AT + 8) {
    throw new FormatError(
      `${operation}: expected a PNG, got ${bytes.length} bytes of something else.`,
    );
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset + HEADER_AT, 8);
  const width = header.getUint32(0);
  const height = header.getUint32(4);
  if (width < 1 || height < 1 || width * height > MAX_PIXELS) {
    throw new FormatError(
      `${operation}: expected a PNG of 1 to ${MAX_PIXELS / 1e6} million pixels, got one of ${width}×${height}.`,
    );
  }
  const bitsPerPixel = bytes[COLOUR_TYPE_AT - 1];
  if ((width * height * bitsPerPixel) / 8 > bytes.length * MAX_RATIO + SLACK) {
    throw new FormatError(
      `${operation}: expected a whole PNG, got ${bytes.length} bytes, too few for ${width}×${height} pixels. Copy it again from where it came.`,
    );
  }
  try {
    return decode(bytes, { checkCrc: true });
  } catch (cause) {
    throw new FormatError(
      `${operation}: expected a whole PNG, got a damaged or truncated one (${(cause as Error).message}). Copy it again from where it came.`,
      { cause },
    );
  }
}

/** Whether bytes begin as every PNG does. */
export function isPng(bytes: Uint8Array): boolean {
  return bytes.length >= 8 && hasPngSignature(bytes.subarray(0, 8));
}

/** Whether the header of a PNG announces a palette: colour type 3. */
export function hasPalette(bytes: Uint8Array): boolean {
  return bytes[COLOUR_TYPE_AT] === 3;
}

/** The labels that `encodePng` kept, or `undefined` where there are none that make sense. */
export function labelsOf({ text }: DecodedPng): readonly string[] | undefined {
  const kept = text[LABELS_KEYWORD];
  if (kept === undefined) return undefined;
  try {
    const labels: unknown = JSON.parse(kept);
    return Array.isArray(labels) && labels.every((label) => typeof label === "string")
      ? labels
      : undefined;
  } catch {
    return undefined;
  }
}

/** Samples of 1, 2, 4 or 8 bits, one to a byte; PNG packs small ones from the high bits down. */
export function unpacked({ data, width, height, depth }: DecodedPng): Uint8Array {
  if (depth >= 8) return Uint8Array.from(data);
  const perByte = 8 / depth;
  const bytesPerRow = Math.ceil(width / perByte);
  const largest = (1 << depth) - 1;
  const samples = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const byte = data[y * bytesPerRow + Math.floor(x / perByte)];
      samples[y * width + x] = (byte >> (8 - depth * ((x % perByte) + 1))) & largest;
    }
  }
  return samples;
}

function escaped(labels: readonly string[]): string {
  return JSON.stringify(labels).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
