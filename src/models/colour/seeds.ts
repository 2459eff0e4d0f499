/** What was said, in the working picture: which pixels and units it is about, and how firmly. */

import { pinnedPixels } from "../../clicks/pinnedPixels.ts";
import type { Click, Prompt, Region } from "../../clicks/prompts.ts";
import { isRegion, movedRegion, regionHolds } from "../../clicks/regions.ts";
import { pixel, type Size } from "../../image/pixels.ts";
import { resizeMask } from "../../image/resize.ts";
import type { Question } from "../model.ts";
import type { ColourConstants } from "./constants.ts";

/** One pixel of the working picture that something was said about. */
interface Seed {
  readonly at: number;
  /** Index into the question's labels. */
  readonly label: number;
}

export interface Seeds {
  /** The pixels of the clicks themselves, one each. */
  readonly clicks: readonly Seed[];
  /** The pixels of strokes. */
  readonly strokes: readonly Seed[];
  /** Boxes and lassos in the working picture, with the label that stays inside. */
  readonly regions: readonly { readonly region: Region; readonly label: number }[];
  /** The starting mask at the size of the working picture, and its precision. */
  readonly start: { readonly data: Uint8Array; readonly precision: number } | undefined;
}

/**
 * @param whole   Size of the image that the question is about.
 * @param working Size of the picture that the model works on.
 */
export function seedsOf({ labels, prompts, start }: Question, whole: Size, working: Size): Seeds {
  const scaled = (x: number, from: number, to: number) =>
    Math.min(to - 1, Math.max(0, ((x + 0.5) * to) / from - 0.5));
  const moved = ({ x, y }: { readonly x: number; readonly y: number }) =>
    pixel(scaled(x, whole.width, working.width), scaled(y, whole.height, working.height));
  const seedAt = (at: { readonly x: number; readonly y: number }, label: number): Seed => {
    const { x, y } = moved(at);
    return { at: Math.round(y) * working.width + Math.round(x), label };
  };
  const labelOf = ({ says }: Prompt) => labels.indexOf(says);
  const strokes = pinnedPixels(
    prompts.filter(({ kind }) => kind === "stroke"),
    whole,
  );
  return {
    clicks: prompts
      .filter((prompt): prompt is Click => prompt.kind === "click")
      .map((click) => seedAt(click.at, labelOf(click))),
    strokes: onePerPixel(
      [...strokes].map(([at, label]) =>
        seedAt({ x: at % whole.width, y: Math.floor(at / whole.width) }, labels.indexOf(label)),
      ),
    ),
    regions: prompts
      .filter(isRegion)
      .map((region) => ({ region: movedRegion(region, moved), label: labelOf(region) })),
    start: start && {
      data: resizeMask(start.mask, working).data,
      precision: start.precision,
    },
  };
}

/** Many pixels of a large image are one of the working picture: the first to come speaks for it. */
function onePerPixel(seeds: readonly Seed[]): readonly Seed[] {
  const first = new Map<number, Seed>();
  for (const seed of seeds) if (!first.has(seed.at)) first.set(seed.at, seed);
  return [...first.values()];
}

/**
 * The pixels that clicks speak for: a disk around each, as far as no click of another label is
 * nearer; and the pixels of strokes. Calls `visit` once for every pixel and click.
 */
export function visitDisks(
  { clicks, strokes }: Seeds,
  { width, height }: Size,
  radius: number,
  visit: (at: number, label: number) => void,
): void {
  for (const { at, label } of strokes) visit(at, label);
  const places = clicks.map(({ at, label }) => ({
    x: at % width,
    y: Math.floor(at / width),
    label,
  }));
  const reach = Math.ceil(radius);
  for (const { x, y, label } of places) {
    const rivals = places.filter(
      (other) =>
        other.label !== label &&
        Math.abs(other.x - x) <= 2 * reach &&
        Math.abs(other.y - y) <= 2 * reach,
    );
    for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
      for (
        let column = Math.max(0, x - reach);
        column <= Math.min(width - 1, x + reach);
        column++
      ) {
        const distance = (column - x) ** 2 + (row - y) ** 2;
        if (distance > radius * radius) continue;
        if (rivals.some((other) => (column - other.x) ** 2 + (row - other.y) ** 2 <= distance)) {
          continue;
        }
        visit(row * width + column, label);
      }
    }
  }
}

/** Radius of a click's disk in a working picture. */
export function diskRadius({ width, height }: Size, { clickRadius }: ColourConstants): number {
  return Math.max(1, (clickRadius * Math.max(width, height)) / REFERENCE_SIDE);
}

/** Lengths of clicks are given for a picture whose longer side is this many pixels. */
export const REFERENCE_SIDE = 500;

/** The kind of region that holds a pixel for a label, "none" where none does; `undefined` for a label without any. */
export function regionAround(
  { regions }: Seeds,
  label: number,
  x: number,
  y: number,
): Region["kind"] | "none" | undefined {
  const own = regions.filter((one) => one.label === label);
  if (own.length === 0) return undefined;
  const around = own.filter(({ region }) => regionHolds(region, x, y));
  if (around.some(({ region }) => region.kind === "lasso")) return "lasso";
  return around.length > 0 ? "box" : "none";
}
