/** Picture files to pixels: whatever a camera or a drawing program saved, as 8-bit sRGB. */

import { basename } from "node:path";
import sharp, { type Metadata, type SharpOptions } from "sharp";
import { FormatError, type SampleWindow } from "../formats/index.ts";
import type { Picture, Size } from "../image/index.ts";
import { instrumentPicture } from "./instrumentPicture.ts";
import { readBytes } from "./readBytes.ts";

export interface ReadPictureOptions {
  /** Pictures with more pixels than this many millions are refused before they are decoded. @default 200 */
  readonly maxMegapixels?: number;
  /** Which page of a TIFF, or frame of a DICOM file or a GIF, from 1. @default 1 */
  readonly page?: number | undefined;
  /**
   * Which numbers of a DICOM file, or of a TIFF that is grey with more than 8 bits, or has many bands,
   * are black and white. @default what the file says, or what it holds
   */
  readonly window?: SampleWindow | undefined;
  /** What to call the picture in messages. @default the file's name, or "the bytes" */
  readonly name?: string;
}

const READABLE = "a JPEG, PNG, WebP, TIFF, GIF, AVIF or DICOM picture";

/** As sharp names them: pixels only, no drawings that could pull in other files. */
const FORMATS: ReadonlySet<string> = new Set(["jpeg", "png", "webp", "tiff", "gif", "heif"]);

/** How these files begin, as Latin-1: JPEG, PNG, WebP, TIFF (two byte orders), GIF, AVIF. */
const SIGNATURES: readonly RegExp[] = [
  /^\u{ff}\u{d8}\u{ff}/u,
  /^\u{89}PNG\r\n/u,
  /^RIFF.{4}WEBP/su,
  /^(?:II\*\0|MM\0\*)/u,
  /^GIF8/u,
  /^.{4}ftyp/su,
];

/**
 * Read a picture: JPEG, PNG, WebP, TIFF, AVIF, GIF or DICOM; of those with many pages the first one.
 *
 * It comes back upright (EXIF orientation applied), in 8-bit sRGB (from 16-bit, grey, palette,
 * CMYK or another colour profile), without alpha (laid on white).
 *
 * @param source A path, or the bytes of the file.
 * @throws {Error} The file is missing, a folder or not readable.
 * @throws {FormatError} Empty, not a picture, or truncated; half a picture is never returned.
 * @throws {RangeError} More than `maxMegapixels`, known from the header alone.
 */
export async function readPicture(
  source: string | Uint8Array,
  { maxMegapixels = 200, page = 1, window, name }: ReadPictureOptions = {},
): Promise<Picture> {
  const isPath = typeof source === "string";
  const called = name ?? (isPath ? basename(source) : "the bytes");
  const bytes = isPath ? await readBytes("readPicture", source, "a picture") : source;
  if (bytes.length === 0) {
    throw new FormatError(`readPicture: expected ${READABLE} in ${called}, got 0 bytes.`);
  }
  const options = { page, window, maxPixels: maxMegapixels * 1e6 };
  const instrument = await instrumentPicture(bytes, called, options);
  if (instrument !== undefined && "data" in instrument) return instrument;
  const encoded = instrument?.jpeg ?? bytes;
  const size = await sizeFromHeader(encoded, called, page);
  checkSize(size, maxMegapixels, called);
  return decode(encoded, called, maxMegapixels, instrument === undefined ? page : 1);
}

/** The size a header claims; nothing is decoded. */
async function sizeFromHeader(bytes: Uint8Array, called: string, page: number): Promise<Size> {
  let header: Metadata;
  try {
    header = await sharp(bytes, { limitInputPixels: false, failOn: "none" }).metadata();
  } catch (cause) {
    if (SIGNATURES.some((signature) => signature.test(start(bytes)))) throw damaged(called, cause);
    throw new FormatError(
      `readPicture: expected ${READABLE} in ${called}, got a file that begins with ${JSON.stringify(start(bytes))}. Open it in a picture program and save it as one of these.`,
      { cause },
    );
  }
  const { format, compression, width, height, pages = 1 } = header;
  if (!FORMATS.has(format) || compression === "hevc") {
    const got = compression === "hevc" ? "HEIC" : format;
    throw new FormatError(
      `readPicture: expected ${READABLE} in ${called}, got ${got}. Export it as JPEG or PNG first.`,
    );
  }
  if (!(Number.isInteger(page) && page >= 1 && page <= pages)) {
    throw new FormatError(
      `readPicture: expected a page from 1 to ${pages} in ${called}, got ${page}.`,
    );
  }
  return { width, height };
}

/** The first bytes as text, so that a saved web page or an error message is recognised. */
function start(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 12)).toString("latin1");
}

function checkSize({ width, height }: Size, maxMegapixels: number, called: string): void {
  const megapixels = (width * height) / 1e6;
  if (megapixels > maxMegapixels) {
    throw new RangeError(
      `readPicture: expected at most ${maxMegapixels} megapixels, got ${Number(megapixels.toPrecision(2))} (${width}×${height}) in ${called}. Make it smaller, or raise the limit (maxMegapixels).`,
    );
  }
}

async function decode(
  bytes: Uint8Array,
  called: string,
  maxMegapixels: number,
  page: number,
): Promise<Picture> {
  const options: SharpOptions = {
    // Files without pages take no number.
    ...(page > 1 && { page: page - 1 }),
    // A truncated file must fail, not turn grey halfway down; harmless oddities in metadata pass.
    failOn: "error",
    limitInputPixels: Math.floor(maxMegapixels * 1e6),
    autoOrient: true,
  };
  try {
    const { data, info } = await sharp(bytes, options)
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) {
      throw new Error(`3 channels expected after decoding, got ${info.channels}`);
    }
    return { width: info.width, height: info.height, data: new Uint8Array(data) };
  } catch (cause) {
    throw damaged(called, cause);
  }
}

function damaged(called: string, cause: unknown): FormatError {
  const reason = (cause as Error).message.split("\n")[0].trim();
  return new FormatError(
    `readPicture: expected a whole picture in ${called}, got a damaged or truncated one (${reason}). Copy it again from where it came.`,
    { cause },
  );
}
