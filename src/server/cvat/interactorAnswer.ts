/**
 * The answer of a CVAT interactor: the object's mask as rows of zeros and ones, of the whole image,
 * and the outline of its largest part, which CVAT shows where polygons are wanted.
 *
 * @see https://github.com/cvat-ai/cvat, serverless/pytorch/saic-vul/hrnet/nuclio/main.py
 */

import { BACKGROUND, OBJECT } from "../../clicks/index.ts";
import { type Corner, type Mask, mapInto, outlines } from "../../image/index.ts";
import type { Segmentation } from "../../session/index.ts";

export interface InteractorWant {
  readonly kind: "interactor";
  /** Pixels that are the object with at least this probability. @default as the mask has them */
  readonly threshold?: number;
}

/** What an interactor segments. */
export const INTERACTOR_LABELS: readonly string[] = [BACKGROUND, OBJECT];

export function interactorAnswer(
  found: Segmentation,
  { threshold }: InteractorWant,
): { readonly bytes: Uint8Array; readonly mediaType: string } {
  const mask = threshold === undefined ? found.mask : above(found, threshold);
  const points = largestPart(mask).map(({ x, y }) => [x, y]);
  const text = `{"points":${JSON.stringify(points)},"mask":[${rows(mask).join(",")}]}`;
  return { bytes: new TextEncoder().encode(text), mediaType: "application/json" };
}

function above(found: Segmentation, threshold: number): Mask {
  const { width, height, data } = found.probability(OBJECT);
  return {
    width,
    height,
    data: mapInto(new Uint8Array(data.length), data, (share) => (share >= threshold ? 1 : 0)),
  };
}

function largestPart(mask: Mask): readonly Corner[] {
  const rings = outlines(mask, 1).map(({ outer }) => outer);
  return rings.reduce<readonly Corner[]>(
    (largest, ring) => (areaOf(ring) > areaOf(largest) ? ring : largest),
    [],
  );
}

/** Of a ring in pixels, by the shoelace formula. */
function areaOf(ring: readonly Corner[]): number {
  const twice = ring.reduce((sum, { x, y }, i) => {
    const next = ring[(i + 1) % ring.length];
    return sum + x * next.y - next.x * y;
  }, 0);
  return Math.abs(twice) / 2;
}

function rows({ width, height, data }: Mask): readonly string[] {
  return Array.from({ length: height }, (_, y) => {
    const row = data.subarray(y * width, (y + 1) * width);
    return `[${row.join(",")}]`;
  });
}
