/**
 * Where the next click would help most: in the undecided region with the most entropy in it,
 *
 *     region size × mean entropy = Σ H[i] over its pixels,
 *
 * at the pixel that is farthest from the region's border, so that the click speaks for all of it.
 */

import { components } from "../image/components.ts";
import { mapInto } from "../image/mapInto.ts";
import { type PixelPoint, type Plane, pixel } from "../image/pixels.ts";
import { squaredDistances } from "../image/squaredDistances.ts";

export interface SuggestOptions {
  /** Pixels at least this undecided belong to a region, in (0, 1]. @default 0.5 */
  readonly threshold?: number;
  /** How many suggestions at most. @default 1 */
  readonly count?: number;
}

export interface Suggestion {
  readonly at: PixelPoint;
  /** How many pixels the undecided region has. */
  readonly area: number;
  /** Σ H over them: what is to be gained. */
  readonly entropy: number;
}

/**
 * Places to click next, the best first; none where everything is decided.
 *
 * @param uncertainty Of a segmentation: 0 sure, 1 undecided.
 * @throws {RangeError} The threshold is not in (0, 1], the count not a whole number from 1.
 */
export function suggestClicks(
  { width, height, data }: Plane,
  { threshold = 0.5, count = 1 }: SuggestOptions = {},
): readonly Suggestion[] {
  if (!(threshold > 0 && threshold <= 1)) {
    throw new RangeError(`suggestClicks: expected a threshold in (0, 1], got ${threshold}.`);
  }
  if (!Number.isInteger(count) || count < 1) {
    throw new RangeError(`suggestClicks: expected a whole count from 1, got ${count}.`);
  }
  const undecided = mapInto(new Uint8Array(data.length), data, (entropy) =>
    entropy >= threshold ? 1 : 0,
  );
  const regions = components({ width, height, data: undecided }, 8);
  const entropies = new Float64Array(regions.count + 1);
  const areas = new Int32Array(regions.count + 1);
  for (let i = 0; i < data.length; i++) {
    entropies[regions.data[i]] += data[i];
    areas[regions.data[i]]++;
  }
  const best = Array.from({ length: regions.count }, (_, i) => i + 1)
    .sort((a, b) => entropies[b] - entropies[a])
    .slice(0, count);
  if (best.length === 0) return [];
  const { data: depths } = squaredDistances({ width, height, data: undecided });
  const deepest = new Map(best.map((region) => [region, -1]));
  for (let i = 0; i < data.length; i++) {
    const known = deepest.get(regions.data[i]);
    if (known === undefined) continue;
    if (known === -1 || isBetter(i, known, depths, data)) deepest.set(regions.data[i], i);
  }
  return best.map((region) => {
    const at = deepest.get(region) ?? 0;
    return {
      at: pixel(at % width, Math.floor(at / width)),
      area: areas[region],
      entropy: entropies[region],
    };
  });
}

/** Deeper inside; of equally deep ones the more undecided; of those the first, row by row. */
function isBetter(one: number, other: number, depths: Int32Array, entropy: Float32Array): boolean {
  const deeper = depths[one] - depths[other];
  return deeper > 0 || (deeper === 0 && entropy[one] > entropy[other]);
}
