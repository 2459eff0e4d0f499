/**
 * One order for each set of prompts, so that equal sets give equal numbers
 * down to the last bit, whatever the history of the set.
 */

import { type PixelPoint, pixel } from "../image/pixels.ts";
import type { Label, Prompt } from "./prompts.ts";

/**
 * The prompts without repetitions: clicks, strokes, boxes, lassos; within a kind by label, then by place.
 *
 * @param prompts Checked ones. Boxes come back with their top-left corner first, lassos with
 *   their first point, row by row, and the way round that is first; −0 comes back as 0.
 */
export function canonicalOrder(prompts: Iterable<Prompt>): readonly Prompt[] {
  const keyed = Array.from(prompts, (said) => {
    const prompt = canonical(said);
    return { prompt, key: sortKey(prompt) };
  });
  keyed.sort((a, b) => compareKeys(a.key, b.key));
  return keyed
    .filter(({ key }, i) => i === 0 || compareKeys(keyed[i - 1].key, key) !== 0)
    .map(({ prompt }) => prompt);
}

/** The one way to write down what a prompt says. */
function canonical(prompt: Prompt): Prompt {
  const { says } = prompt;
  switch (prompt.kind) {
    case "click":
      return { kind: "click", at: cleaned(prompt.at), says };
    case "stroke":
      return { kind: "stroke", points: prompt.points.map(cleaned), width: prompt.width, says };
    case "box": {
      const [a, b] = [cleaned(prompt.from), cleaned(prompt.to)];
      const from = pixel(Math.min(a.x, b.x), Math.min(a.y, b.y));
      const to = pixel(Math.max(a.x, b.x), Math.max(a.y, b.y));
      return { kind: "box", from, to, says };
    }
    case "lasso":
      return { kind: "lasso", points: canonicalRing(prompt.points.map(cleaned)), says };
    default:
      return prompt satisfies never;
  }
}

/** Of all ways to write down a closed outline, beginning anywhere and either way round, the first. */
function canonicalRing(points: readonly PixelPoint[]): readonly PixelPoint[] {
  const ring = points.filter((point, i) => !isSame(point, points[(i + 1) % points.length]));
  if (ring.length === 0) return points.slice(0, 1);
  const first = ring.reduce((least, point) => (comparePlaces(point, least) < 0 ? point : least));
  const ways = ring.flatMap((point, i) => {
    if (!isSame(point, first)) return [];
    const onward = [...ring.slice(i), ...ring.slice(0, i)];
    return [onward, [point, ...onward.slice(1).reverse()]];
  });
  return ways.reduce((least, way) => (compareWays(way, least) < 0 ? way : least));
}

function isSame(one: PixelPoint, other: PixelPoint): boolean {
  return one.x === other.x && one.y === other.y;
}

function comparePlaces(one: PixelPoint, other: PixelPoint): number {
  return one.y - other.y || one.x - other.x;
}

function compareWays(one: readonly PixelPoint[], other: readonly PixelPoint[]): number {
  for (let i = 0; i < one.length; i++) {
    const order = comparePlaces(one[i], other[i]);
    if (order !== 0) return order;
  }
  return 0;
}

function cleaned({ x, y }: PixelPoint): PixelPoint {
  // −0 + 0 is 0.
  return pixel(x + 0, y + 0);
}

interface SortKey {
  readonly says: Label;
  /** Kind, then everything else the prompt consists of; prompts are equal where these are. */
  readonly numbers: readonly number[];
}

function sortKey(prompt: Prompt): SortKey {
  const { says } = prompt;
  switch (prompt.kind) {
    case "click":
      return { says, numbers: [0, ...place(prompt.at)] };
    case "stroke":
      return { says, numbers: [1, ...prompt.points.flatMap(place), prompt.width] };
    case "box":
      return { says, numbers: [2, ...place(prompt.from), ...place(prompt.to)] };
    case "lasso":
      return { says, numbers: [3, ...prompt.points.flatMap(place)] };
    default:
      return prompt satisfies never;
  }
}

function place({ x, y }: PixelPoint): readonly [number, number] {
  return [y, x];
}

function compareKeys(a: SortKey, b: SortKey): number {
  if (a.numbers[0] !== b.numbers[0]) return a.numbers[0] - b.numbers[0];
  // By code units: the order of a locale would differ from machine to machine.
  if (a.says !== b.says) return a.says < b.says ? -1 : 1;
  const shared = Math.min(a.numbers.length, b.numbers.length);
  for (let i = 0; i < shared; i++) {
    if (a.numbers[i] !== b.numbers[i]) return a.numbers[i] - b.numbers[i];
  }
  return a.numbers.length - b.numbers.length;
}
