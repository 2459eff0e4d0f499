/** A photo that anybody can cut: a red disc and a green rectangle on grey. */

import { encode } from "fast-png";
import type { FileToOpen } from "./annotator.ts";

export const SHAPES = { width: 320, height: 240 } as const;

/** A pixel of a photo. */
export type At = readonly [x: number, y: number];

/** Pixels deep inside the shapes and far from them. */
export const DISC: At = [100, 120];
export const RECTANGLE: At = [240, 120];
export const GROUND: At = [20, 20];

export function isDisc(x: number, y: number): boolean {
  return (x - DISC[0]) ** 2 + (y - DISC[1]) ** 2 < 60 ** 2;
}

export function isRectangle(x: number, y: number): boolean {
  return Math.abs(x - RECTANGLE[0]) < 40 && Math.abs(y - RECTANGLE[1]) < 60;
}

/** The photo as pixels, RGBA, enlarged by a whole factor. */
export function shapes(factor = 1): { width: number; height: number; data: Uint8Array } {
  const width = SHAPES.width * factor;
  const height = SHAPES.height * factor;
  const data = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const x = Math.floor((i % width) / factor);
    const y = Math.floor(Math.floor(i / width) / factor);
    // A grain that looks the same in every run.
    const grain = ((x * 7919 + y * 104_729) % 13) - 6;
    const colour = colourOf(x, y);
    for (let channel = 0; channel < 3; channel++) data[4 * i + channel] = colour[channel] + grain;
    data[4 * i + 3] = 255;
  }
  return { width, height, data };
}

function colourOf(x: number, y: number): readonly [number, number, number] {
  if (isDisc(x, y)) return [200, 60, 50];
  return isRectangle(x, y) ? [50, 150, 70] : [130, 135, 140];
}

/** The photo as a file. */
export function shapesPng(name = "shapes.png", factor = 1): FileToOpen {
  return {
    name,
    mimeType: "image/png",
    buffer: Buffer.from(encode({ ...shapes(factor), channels: 4, depth: 8 })),
  };
}

/** Of the pixels that are in a shape or marked, the share that is both: intersection over union. */
export function overlap(
  { width, data, labels }: { width: number; data: Uint8Array; labels: readonly string[] },
  label: string,
  isInside: (x: number, y: number) => boolean,
): number {
  const value = labels.indexOf(label);
  let both = 0;
  let either = 0;
  data.forEach((one, i) => {
    const isMarked = one === value;
    const isShape = isInside(i % width, Math.floor(i / width));
    if (isMarked && isShape) both++;
    if (isMarked || isShape) either++;
  });
  return both / either;
}
