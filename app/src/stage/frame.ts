/**
 * Where the picture lies on the stage, and back: screen = place · scale + offset.
 *
 * Two frames meet here. A `Point` is in CSS pixels of the stage, or, as a place in the picture, in
 * lengths of picture pixels from the picture's top-left corner. A `PixelPoint` counts from the
 * centre of the top-left pixel, as everywhere in the library: half a pixel less.
 */

import { type PixelPoint, pixel, type Size } from "maskwise";

/** A point of the stage, in CSS pixels from its top-left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Frame {
  /** CSS pixels per picture pixel, > 0. */
  readonly scale: number;
  /** Where the picture's top-left corner lies on the stage, in CSS pixels. */
  readonly x: number;
  readonly y: number;
}

/** Room left around a fitted picture, in CSS pixels; below it for what floats there. */
const MARGIN = 20;
const FOOT = 66;

/** A picture pixel is never drawn larger than this, in CSS pixels. */
const MAX_SCALE = 64;

/** Small pictures are fitted at this many CSS pixels per pixel at most, and tiny ones at this size. */
const LARGEST_FIT = 4;
const TINY = 256;

/** At least this much of the picture stays in sight, in CSS pixels. */
const IN_SIGHT = 48;

/** The whole picture, in the middle of what is free. */
export function fit(picture: Size, stage: Size): Frame {
  const tiny = Math.min(MAX_SCALE, TINY / Math.max(picture.width, picture.height));
  const scale = Math.min(
    Math.max(1, stage.width - 2 * MARGIN) / picture.width,
    Math.max(1, stage.height - MARGIN - FOOT) / picture.height,
    Math.max(LARGEST_FIT, tiny),
  );
  const { x, y } = centred(picture, stage, scale);
  return { scale, x, y: Math.min(y, stage.height - FOOT - picture.height * scale) };
}

/** The picture at a scale, in the middle. */
export function centred(picture: Size, stage: Size, scale: number): Frame {
  return {
    scale,
    x: (stage.width - picture.width * scale) / 2,
    y: (stage.height - picture.height * scale) / 2,
  };
}

/** Zoom so that what lies under a point of the stage stays there. */
export function zoomAt(frame: Frame, at: Point, factor: number, picture: Size, stage: Size): Frame {
  const least = Math.min(1, fit(picture, stage).scale / 2);
  const scale = Math.min(MAX_SCALE, Math.max(least, frame.scale * factor));
  const zoom = scale / frame.scale;
  const moved = { scale, x: at.x - (at.x - frame.x) * zoom, y: at.y - (at.y - frame.y) * zoom };
  return inSight(moved, picture, stage);
}

/**
 * On the way from one frame to another: scales grow by equal factors, and where the two frames agree,
 * as under a pointer that zooms, the picture stands still.
 *
 * @param share Of the way, in [0, 1].
 */
export function between(from: Frame, to: Frame, share: number): Frame {
  const zoom = to.scale / from.scale;
  const scale = from.scale * zoom ** share;
  const moved = zoom === 1 ? share : (zoom ** share - 1) / (zoom - 1);
  return { scale, x: from.x + (to.x - from.x) * moved, y: from.y + (to.y - from.y) * moved };
}

/** Move the picture by CSS pixels. */
export function panBy(frame: Frame, dx: number, dy: number, picture: Size, stage: Size): Frame {
  return inSight({ ...frame, x: frame.x + dx, y: frame.y + dy }, picture, stage);
}

function inSight({ scale, x, y }: Frame, picture: Size, stage: Size): Frame {
  const within = (at: number, drawn: number, room: number): number => {
    const least = Math.min(IN_SIGHT, drawn);
    return Math.min(room - least, Math.max(least - drawn, at));
  };
  return {
    scale,
    x: within(x, picture.width * scale, stage.width),
    y: within(y, picture.height * scale, stage.height),
  };
}

/** The place in the picture under a point of the stage, which may lie outside the picture. */
export function toPicture(frame: Frame, { x, y }: Point): PixelPoint {
  return pixel((x - frame.x) / frame.scale - 0.5, (y - frame.y) / frame.scale - 0.5);
}

/** Where a place in the picture lies on the stage. */
export function toStage(frame: Frame, { x, y }: PixelPoint): Point {
  return { x: (x + 0.5) * frame.scale + frame.x, y: (y + 0.5) * frame.scale + frame.y };
}

/** The pixel that a place in the picture falls into, or `undefined` outside the picture. */
export function pixelAt({ x, y }: PixelPoint, { width, height }: Size): PixelPoint | undefined {
  const column = Math.floor(x + 0.5);
  const row = Math.floor(y + 0.5);
  const inside = column >= 0 && row >= 0 && column < width && row < height;
  return inside ? pixel(column, row) : undefined;
}

/** The pixel of the picture nearest to a place. */
export function nearestPixel(place: PixelPoint, picture: Size): PixelPoint {
  const { x, y } = withinPicture(place, picture);
  return pixel(Math.floor(x + 0.5), Math.floor(y + 0.5));
}

/** The place in the picture nearest to a place, not rounded. */
export function withinPicture({ x, y }: PixelPoint, { width, height }: Size): PixelPoint {
  return pixel(Math.min(width - 1, Math.max(0, x)), Math.min(height - 1, Math.max(0, y)));
}
