/** Samples of TIFF files, by geotiff: of 16 and 32 bits, floats, many bands, many pages. */

import { fromArrayBuffer, type GeoTIFF, type GeoTIFFImage } from "geotiff";
import type { Size } from "../../image/pixels.ts";
import { FormatError } from "../formatError.ts";
import type { Samples } from "./samples.ts";

export interface PageOptions {
  /** Which page or frame of the file, from 1. @default 1 */
  readonly page?: number;
  /** Larger ones are refused before they are decoded. @default 200e6 */
  readonly maxPixels?: number;
}

/** SampleFormat of TIFF 6.0: unsigned numbers. */
const UNSIGNED = 1;
const MAX_PIXELS = 200e6;
/** What deflate can make of one byte at the most; and what is granted beside it. */
const MAX_RATIO = 1032;
const SLACK = 2 ** 24;

/** Whether bytes begin as TIFF does, also as BigTIFF. */
export function isTiff(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes;
  const version = a === 0x49 ? c + 256 * d : d + 256 * c;
  return (
    ((a === 0x49 && b === 0x49) || (a === 0x4d && b === 0x4d)) && (version === 42 || version === 43)
  );
}

/** What kind of numbers the first page of a TIFF holds. */
export interface TiffKind extends Size {
  readonly channels: number;
  readonly bits: number;
  /** Whole numbers from 0. */
  readonly isUnsigned: boolean;
}

/** @returns `undefined` where the TIFF is damaged, or of a kind that is not read. */
export async function tiffKind(bytes: Uint8Array): Promise<TiffKind | undefined> {
  try {
    const image = await (await opened(bytes)).getImage(0);
    return {
      width: image.getWidth(),
      height: image.getHeight(),
      channels: image.getSamplesPerPixel(),
      bits: image.getBitsPerSample(0),
      isUnsigned: image.getSampleFormat(0) === UNSIGNED,
    };
  } catch {
    return undefined;
  }
}

/** @throws {FormatError} Damaged, without such a page, or larger than allowed. */
export async function tiffSamples(
  bytes: Uint8Array,
  { page = 1, maxPixels = MAX_PIXELS }: PageOptions = {},
): Promise<Samples> {
  return attempt(async () => {
    const image = await pageOf(await opened(bytes), page);
    const [width, height] = [image.getWidth(), image.getHeight()];
    const channels = image.getSamplesPerPixel() >= 3 ? [0, 1, 2] : [0];
    const pixels = width * height * channels.length;
    if (!(pixels <= 3 * maxPixels)) {
      throw new FormatError(
        `tiffSamples: expected at most ${maxPixels / 1e6} megapixels, got ${width}×${height}. Make it smaller, or raise the limit.`,
      );
    }
    const bits = image.getBitsPerSample(0);
    await checkWhole(image, bytes.length);
    if (!((pixels * bits) / 8 <= bytes.length * MAX_RATIO + SLACK)) {
      throw new Error(`${bytes.length} bytes are too few for ${width}×${height} pixels`);
    }
    const planes = await image.readRasters({ samples: channels, interleave: false });
    if (planes.some(({ length }) => length !== width * height)) throw new Error("too few samples");
    const isWhole = image.getSampleFormat(0) === UNSIGNED && bits <= 16;
    return { width, height, planes: [...planes], ...(isWhole && { fullScale: 2 ** bits - 1 }) };
  });
}

/** What is missing at the end would be read as nothing. */
async function checkWhole(image: GeoTIFFImage, length: number): Promise<void> {
  const directory = image.fileDirectory;
  for (const kind of ["Strip", "Tile"] as const) {
    if (!directory.hasTag(`${kind}Offsets`)) continue;
    const offsets = await directory.loadValue(`${kind}Offsets`);
    const counts = await directory.loadValue(`${kind}ByteCounts`);
    const ends = Array.from(offsets as ArrayLike<number>, (offset, i) => {
      return Number(offset) + Number((counts as ArrayLike<number>)[i]);
    });
    const across = Math.ceil(image.getWidth() / image.getTileWidth());
    const down = Math.ceil(image.getHeight() / image.getTileHeight());
    const planes = image.planarConfiguration === 2 ? image.getSamplesPerPixel() : 1;
    const isComplete = ends.length >= across * down * planes;
    if (!isComplete || ends.some((end) => !(end <= length))) throw new Error("pixels are missing");
  }
}

export function opened(bytes: Uint8Array): Promise<GeoTIFF> {
  const { buffer, byteOffset, length } = bytes;
  return fromArrayBuffer(buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer);
}

async function pageOf(file: GeoTIFF, page: number): Promise<GeoTIFFImage> {
  const pages = await file.getImageCount();
  if (Number.isInteger(page) && page >= 1 && page <= pages) return file.getImage(page - 1);
  throw new FormatError(`tiffSamples: expected a page from 1 to ${pages}, got ${page}.`);
}

async function attempt<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw new FormatError(
      `tiffSamples: expected a whole TIFF, got a damaged or unusual one (${(cause as Error).message}). Copy it again from where it came.`,
      { cause },
    );
  }
}
