/** From a photo's bytes to what can be drawn and to the pixels that the segmenter reads. */

import type { Picture, Size } from "maskwise";
import { texts } from "../texts.ts";
import { FileProblem } from "./fileProblem.ts";
import { sizeInHeader } from "./sizeInHeader.ts";

/** Larger photos are refused: decoded they would take more than 256 MB, several times over. */
const MAX_PIXELS = 64e6;

/** Larger files are refused before they are looked at. */
const MAX_BYTES = 512 * 2 ** 20;

/** Photos with more pixels than this are drawn from a smaller copy until one zooms in. */
const REDUCED_PIXELS = 4e6;

/** Pixels are read in bands of about this many, so that the page can breathe in between. */
const BAND_PIXELS = 1e6;

/** A decoded photo, upright. */
export interface Shown extends Size {
  readonly full: ImageBitmap;
  /** A copy that is quick to draw small. */
  readonly reduced: ImageBitmap | undefined;
}

/**
 * Check a file without decoding it: is it a picture, and how large?
 *
 * @throws {FileProblem} Empty, not a picture that this browser knows, or too large.
 */
export async function probe(name: string, blob: Blob): Promise<Size> {
  if (blob.size === 0) throw new FileProblem(texts.emptyFile(name));
  if (blob.size > MAX_BYTES) throw new FileProblem(texts.fileTooLarge(name, MAX_BYTES));
  const claimed = await sizeInHeader(blob);
  if (claimed) checkSize(name, claimed);
  const address = URL.createObjectURL(blob);
  const image = new Image();
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = reject;
      image.src = address;
    });
  } catch {
    throw new FileProblem(texts.notAPicture(name));
  } finally {
    URL.revokeObjectURL(address);
  }
  const size = { width: image.naturalWidth, height: image.naturalHeight };
  checkSize(name, size);
  return size;
}

function checkSize(name: string, size: Size): void {
  const pixels = size.width * size.height;
  if (pixels === 0) throw new FileProblem(texts.notAPicture(name));
  if (pixels > MAX_PIXELS) throw new FileProblem(texts.pictureTooLarge(name, size, MAX_PIXELS));
}

/**
 * Decode a photo, turned upright as its EXIF orientation says.
 *
 * @throws {FileProblem} As `probe`, or when the pixels are damaged.
 */
export async function decodePhoto(name: string, blob: Blob): Promise<Shown> {
  await probe(name, blob);
  try {
    return await shownOf(await createImageBitmap(blob, { imageOrientation: "from-image" }));
  } catch {
    throw new FileProblem(texts.damagedPicture(name));
  }
}

/** A picture made by the library, ready to be drawn. */
export async function showPicture({ width, height, data }: Picture): Promise<Shown> {
  const image = new ImageData(width, height);
  for (let i = 0, j = 0; i < data.length; i += 3, j += 4) {
    image.data[j] = data[i] ?? 0;
    image.data[j + 1] = data[i + 1] ?? 0;
    image.data[j + 2] = data[i + 2] ?? 0;
    image.data[j + 3] = 255;
  }
  return shownOf(await createImageBitmap(image));
}

async function shownOf(full: ImageBitmap): Promise<Shown> {
  const { width, height } = full;
  const shrink = Math.sqrt(REDUCED_PIXELS / (width * height));
  const reduced =
    shrink < 1
      ? await createImageBitmap(full, {
          resizeWidth: Math.max(1, Math.round(width * shrink)),
          resizeHeight: Math.max(1, Math.round(height * shrink)),
          resizeQuality: "medium",
        })
      : undefined;
  return { width, height, full, reduced };
}

/** Free the memory of a photo that is no longer drawn. */
export function forget({ full, reduced }: Shown): void {
  full.close();
  reduced?.close();
}

/** The pixels of a shown photo, transparent ones on white. */
export async function pixelsOf({ width, height, full }: Shown): Promise<Picture> {
  const data = new Uint8Array(width * height * 3);
  const step = Math.max(1, Math.min(height, Math.floor(BAND_PIXELS / width)));
  const pen = bandPen(width, step);
  for (let from = 0; from < height; from += step) {
    const rows = Math.min(step, height - from);
    pen.fillRect(0, 0, width, rows);
    pen.drawImage(full, 0, from, width, rows, 0, 0, width, rows);
    copyColours(pen.getImageData(0, 0, width, rows).data, data, from * width * 3);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return { width, height, data };
}

function bandPen(width: number, height: number): OffscreenCanvasRenderingContext2D {
  const pen = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!pen) throw new FileProblem(texts.noCanvas);
  pen.fillStyle = "#fff";
  return pen;
}

function copyColours(from: Uint8ClampedArray, to: Uint8Array, offset: number): void {
  for (let i = 0, j = offset; i < from.length; i += 4, j += 3) {
    to[j] = from[i] ?? 0;
    to[j + 1] = from[i + 1] ?? 0;
    to[j + 2] = from[i + 2] ?? 0;
  }
}

/** Longer side of a thumbnail, in pixels. */
const THUMBNAIL = 112;

/** A small copy as a data address. */
export function thumbnailOf({ width, height, full, reduced }: Shown): string {
  const scale = Math.min(1, THUMBNAIL / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new FileProblem(texts.noCanvas);
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(reduced ?? full, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.8);
}
