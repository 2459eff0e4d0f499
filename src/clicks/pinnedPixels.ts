/** From what was said to the pixels that it fixes. */

import type { Size } from "../image/pixels.ts";
import { brush } from "./brush.ts";
import { canonicalOrder } from "./canonicalOrder.ts";
import type { Label, Prompt, Region } from "./prompts.ts";
import { isRegion, regionHolds } from "./regions.ts";

/** The label of each fixed pixel, by its index `y · width + x`; going through them is in ascending order. */
export interface PinnedPixels extends Iterable<readonly [at: number, label: Label]> {
  /** How many pixels are fixed. */
  readonly size: number;
  /** The label of a pixel, `undefined` where it is free. */
  get(at: number): Label | undefined;
  /** Those with `from <= at < to`. */
  between(from: number, to: number): Iterable<readonly [at: number, label: Label]>;
}

/**
 * The pixels that a set of prompts fixes: a click the pixel it rounds to, a stroke all pixels under
 * the brush, boxes and
 * lassos none.
 *
 * @param prompts Checked ones, in any order.
 * @throws {RangeError} When two labels are pinned to one pixel, or a label outside all of its
 *   boxes and lassos.
 */
export function pinnedPixels(prompts: Iterable<Prompt>, size: Size): PinnedPixels {
  const ordered = canonicalOrder(prompts);
  const allRegions = ordered.filter(isRegion);
  const labels = [...new Set(ordered.map(({ says }) => says))];
  // 0 is free, otherwise one more than an index into `labels`.
  const pins = new Uint16Array(size.width * size.height);
  let count = 0;
  for (const prompt of ordered) {
    const pin = labels.indexOf(prompt.says) + 1;
    const regions = allRegions.filter(({ says }) => says === prompt.says);
    for (const at of pixelsOf(prompt, size)) {
      const earlier = pins[at];
      if (earlier === pin) continue;
      if (earlier !== 0) throw twoLabels(prompt, labels[earlier - 1], at, size);
      if (regions.length > 0) checkInside(prompt, regions, at, size);
      pins[at] = pin;
      count++;
    }
  }
  return {
    size: count,
    get: (at) => labels[pins[at] - 1],
    between: (from, to) => entries(pins, labels, from, to),
    [Symbol.iterator]: () => entries(pins, labels, 0, pins.length),
  };
}

/** The indices of the pixels that one prompt fixes; some may come twice. */
export function* pixelsOf(prompt: Prompt, size: Size): Generator<number> {
  switch (prompt.kind) {
    case "click":
      yield Math.round(prompt.at.y) * size.width + Math.round(prompt.at.x);
      return;
    case "stroke": {
      const { left, top, width, data } = brush(prompt, size);
      for (let i = data.indexOf(1); i !== -1; i = data.indexOf(1, i + 1)) {
        const x = i % width;
        yield (top + (i - x) / width) * size.width + left + x;
      }
      return;
    }
    case "box":
    case "lasso":
      return;
    default:
      prompt satisfies never;
  }
}

function* entries(
  pins: Uint16Array,
  labels: readonly Label[],
  from: number,
  to: number,
): Generator<readonly [number, Label]> {
  for (let at = from; at < to; at++) {
    if (pins[at] !== 0) yield [at, labels[pins[at] - 1]];
  }
}

function twoLabels({ kind, says }: Prompt, earlier: Label, at: number, size: Size): RangeError {
  return new RangeError(
    `${kind}: expected one label for pixel ${place(at, size)}, got "${earlier}" and "${says}". Take one of them back first.`,
  );
}

function checkInside(
  { kind, says }: Prompt,
  regions: readonly Region[],
  at: number,
  size: Size,
): void {
  const x = at % size.width;
  const y = Math.floor(at / size.width);
  if (regions.some((region) => regionHolds(region, x, y))) return;
  const own = regions[0].kind;
  throw new RangeError(
    `${kind}: expected "${says}" inside its ${own}, got it at pixel ${place(at, size)}. Move the ${own}, or take one of them back first.`,
  );
}

function place(at: number, { width }: Size): string {
  return `(${at % width}, ${Math.floor(at / width)})`;
}
