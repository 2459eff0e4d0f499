/** From a photo's bytes to what can be drawn and to the pixels that the segmenter reads. */

import type { Picture, Size } from "maskwise";
import { texts } from "../texts.ts";
import { FileProblem } from "./fileProblem.ts";
import { type Shown, shownOf } from "./shown.ts";
import { sizeInHeader } from "./sizeInHeader.ts";

/** Larger photos are refused: decoded they would take more than half a gigabyte, twice over. */
const MAX_PIXELS = 128e6;

/** Larger files are refused before they are looked at. */
const MAX_BYTES = 512 * 2 ** 20;

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
