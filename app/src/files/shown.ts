/**
 * A decoded photo as it is drawn: in pieces, so that a large one is no burden, with a small copy for
 * looking at it from afar. What is said, and the mask, are about at most `WORKING_PIXELS`: a larger
 * photo is worked on at that size, and looked at as finely as it is.
 */

import type { Picture, Size } from "maskwise";
import type { Sight } from "../stage/patch.ts";
import { texts } from "../texts.ts";
import { FileProblem } from "./fileProblem.ts";

/** A photo of more pixels is worked on at this many. */
const WORKING_PIXELS = 24e6;

/** Photos with more pixels than this are drawn from a smaller copy until one zooms in. */
const REDUCED_PIXELS = 4e6;

/** Longest side of a piece: graphics processors take no larger ones everywhere. */
const PIECE = 4096;

/** Pieces share so many pixels, so that no seam is seen where they are drawn smaller. */
const SHARED = 4;

/** Pixels are read in bands of about this many, so that the page can breathe in between. */
const BAND_PIXELS = 1e6;

/** A part of a photo, where it lies in the photo. */
interface Piece extends Size {
  readonly bitmap: ImageBitmap;
  readonly x: number;
  readonly y: number;
}

/** A decoded photo, upright. Its size is what it is worked on at. */
export interface Shown extends Size {
  /** The size that the photo itself has. */
  readonly photo: Size;
  readonly pieces: readonly Piece[];
  /** A copy that is quick to draw small. */
  readonly reduced: ImageBitmap | undefined;
}

type Pen = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** @param full Taken over: closed, or kept as a piece. */
export async function shownOf(full: ImageBitmap): Promise<Shown> {
  const photo = { width: full.width, height: full.height };
  const small = atMost(photo, REDUCED_PIXELS);
  const reduced =
    small === photo
      ? undefined
      : await createImageBitmap(full, {
          resizeWidth: small.width,
          resizeHeight: small.height,
          resizeQuality: "medium",
        });
  return { ...atMost(photo, WORKING_PIXELS), photo, pieces: await cut(full), reduced };
}

/** A size in proportion that has about so many pixels at most. */
function atMost(size: Size, pixels: number): Size {
  const shrink = Math.sqrt(pixels / (size.width * size.height));
  if (shrink >= 1) return size;
  return {
    width: Math.max(1, Math.round(size.width * shrink)),
    height: Math.max(1, Math.round(size.height * shrink)),
  };
}

async function cut(full: ImageBitmap): Promise<readonly Piece[]> {
  const { width, height } = full;
  if (Math.max(width, height) <= PIECE) return [{ bitmap: full, x: 0, y: 0, width, height }];
  const pieces: Piece[] = [];
  for (let y = 0; y < height; y += PIECE - SHARED) {
    for (let x = 0; x < width; x += PIECE - SHARED) {
      const size = { width: Math.min(PIECE, width - x), height: Math.min(PIECE, height - y) };
      const bitmap = await createImageBitmap(full, x, y, size.width, size.height);
      pieces.push({ bitmap, x, y, ...size });
    }
  }
  full.close();
  return pieces;
}

/** Free the memory of a photo that is no longer drawn. */
export function forget({ pieces, reduced }: Shown): void {
  for (const { bitmap } of pieces) bitmap.close();
  reduced?.close();
}

/**
 * Draw what is in sight of a photo, on white.
 *
 * @param pen   Its unit is a pixel of what is worked on.
 * @param scale Device pixels per unit.
 */
export function drawShown(
  pen: Pen,
  shown: Shown,
  { frame, stage }: Pick<Sight, "frame" | "stage">,
  scale: number,
): void {
  const { width, height, photo, pieces, reduced } = shown;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  // Of pixels of the photo itself.
  const own = (scale * width) / photo.width;
  pen.imageSmoothingEnabled = own !== 1 && own < SHOW_PIXELS;
  pen.imageSmoothingQuality = own < 1 ? "high" : "low";
  if (reduced && reduced.width >= width * scale) {
    pen.drawImage(reduced, 0, 0, width, height);
    return;
  }
  const across = photo.width / width;
  const down = photo.height / height;
  for (const { bitmap, ...piece } of pieces) {
    // Only what is in sight, and a pixel more for smoothing: the rest of a large photo costs time.
    const left = Math.max(0, Math.floor((-frame.x / frame.scale) * across) - 1 - piece.x);
    const top = Math.max(0, Math.floor((-frame.y / frame.scale) * down) - 1 - piece.y);
    const right = Math.ceil(((stage.width - frame.x) / frame.scale) * across) + 1 - piece.x;
    const bottom = Math.ceil(((stage.height - frame.y) / frame.scale) * down) + 1 - piece.y;
    const wide = Math.min(piece.width, right) - left;
    const high = Math.min(piece.height, bottom) - top;
    if (wide <= 0 || high <= 0) continue;
    const [x, y] = [(piece.x + left) / across, (piece.y + top) / down];
    pen.drawImage(bitmap, left, top, wide, high, x, y, wide / across, high / down);
  }
}

/** From this many device pixels on a pixel is drawn as a square, so that it can be aimed at. */
const SHOW_PIXELS = 3;

/** The pixels that are worked on, transparent ones on white. */
export async function pixelsOf(shown: Shown): Promise<Picture> {
  const { width, height } = shown;
  const data = new Uint8Array(width * height * 3);
  const step = Math.max(1, Math.min(height, Math.floor(BAND_PIXELS / width)));
  const pen = new OffscreenCanvas(width, step).getContext("2d", { willReadFrequently: true });
  if (!pen) throw new FileProblem(texts.noCanvas);
  for (let from = 0; from < height; from += step) {
    const rows = Math.min(step, height - from);
    pen.setTransform(1, 0, 0, 1, 0, -from);
    const band = { frame: { scale: 1, x: 0, y: -from }, stage: { width, height: rows } };
    drawShown(pen, shown, band, 1);
    copyColours(pen.getImageData(0, 0, width, rows).data, data, from * width * 3);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return { width, height, data };
}

/** All pixels of a bitmap, transparent ones on white. */
export function pixelsOfBitmap(bitmap: ImageBitmap): Promise<Picture> {
  const size = { width: bitmap.width, height: bitmap.height };
  const pieces = [{ bitmap, x: 0, y: 0, ...size }];
  return pixelsOf({ ...size, photo: size, pieces, reduced: undefined });
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

/** A small copy of a file, as a data address. */
export async function smallCopy(blob: Blob): Promise<string> {
  const bitmap = await createImageBitmap(blob, {
    imageOrientation: "from-image",
    resizeWidth: THUMBNAIL,
    resizeQuality: "medium",
  });
  const shown = await shownOf(bitmap);
  try {
    return thumbnailOf(shown);
  } finally {
    forget(shown);
  }
}

/**
 * A small copy as a data address.
 *
 * @param side Its longer side, in pixels.
 */
export function thumbnailOf(shown: Shown, side: number = THUMBNAIL): string {
  const scale = Math.min(1, side / Math.max(shown.width, shown.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(shown.width * scale));
  canvas.height = Math.max(1, Math.round(shown.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new FileProblem(texts.noCanvas);
  const [x, y] = [canvas.width / shown.width, canvas.height / shown.height];
  pen.setTransform(x, 0, 0, y, 0, 0);
  drawShown(pen, shown, { frame: { scale: x, x: 0, y: 0 }, stage: canvas }, scale);
  return canvas.toDataURL("image/jpeg", 0.8);
}
