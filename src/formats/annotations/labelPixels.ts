/** Label maps: pixels that number objects. */

import type { Size } from "../../image/pixels.ts";
import type { RunLengths } from "../../image/runLengths.ts";
import { FormatError } from "../formatError.ts";
import { decodePng, unpacked } from "../png.ts";

/** One number per pixel, `[height, width]`; 0 is the background. */
export interface LabelPixels extends Size {
  readonly data: Uint8Array | Uint16Array;
  /** Whether the numbers had colours of a palette. */
  readonly hasPalette: boolean;
}

/** The grey values or palette indices of a PNG. @throws {FormatError} Coloured, or damaged. */
export function labelPixelsOfPng(operation: string, bytes: Uint8Array): LabelPixels {
  const png = decodePng(operation, bytes);
  const { width, height, channels, depth } = png;
  if (channels !== 1) {
    throw new FormatError(
      `${operation}: expected grey values or a palette, got ${channels} channels. Save it as a label map.`,
    );
  }
  const data = depth === 16 ? Uint16Array.from(png.data) : unpacked(png);
  return { width, height, data, hasPalette: png.palette !== undefined };
}

/** The runs of every number but 0, in one pass; in the order of the numbers. */
export function runsByLabel({ width, height, data }: LabelPixels): ReadonlyMap<number, RunLengths> {
  const counts = new Map<number, number[]>();
  const ends = new Map<number, number>();
  let [current, start] = [0, 0];
  const close = (end: number): void => {
    if (current === 0) return;
    const runs = counts.get(current) ?? [];
    runs.push(start - (ends.get(current) ?? 0), end - start);
    counts.set(current, runs);
    ends.set(current, end);
  };
  let at = 0;
  for (let x = 0; x < width; x++) {
    for (let pixel = x; pixel < data.length; pixel += width, at++) {
      const label = data[pixel];
      if (label === current) continue;
      close(at);
      [current, start] = [label, at];
    }
  }
  close(at);
  for (const [label, runs] of counts) {
    const rest = width * height - (ends.get(label) ?? 0);
    if (rest > 0) runs.push(rest);
  }
  const sorted = [...counts].sort(([a], [b]) => a - b);
  return new Map(sorted.map(([label, runs]) => [label, { width, height, counts: runs }]));
}
