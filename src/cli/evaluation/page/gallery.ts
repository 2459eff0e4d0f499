/** The objects that went best and worst, with the last mask's outline and every click drawn. */

import sharp from "sharp";
import { BACKGROUND } from "../../../clicks/index.ts";
import { iouOf, type Sample } from "../../../evaluate/index.ts";
import { maskOfRunLengths, outlines, type Picture, runLengthCounts } from "../../../image/index.ts";

/** How many of each. */
const SHOWN = 6;
/** Longer side of the pictures in a page, in pixels. */
const LONGER_SIDE = 480;

/** The best and the worst objects by their mean IoU over all clicks, the extreme ones first. */
export function extremes(samples: readonly Sample[]): {
  readonly best: readonly Sample[];
  readonly worst: readonly Sample[];
} {
  const ranked = samples.toSorted((a, b) => meanIou(b) - meanIou(a));
  const shown = Math.min(SHOWN, Math.ceil(ranked.length / 2));
  return {
    best: ranked.slice(0, shown),
    worst: ranked.slice(shown).slice(-shown).toReversed(),
  };
}

function meanIou({ overlaps }: Sample): number {
  return overlaps.reduce((sum, pair) => sum + (iouOf(pair) ?? 0), 0) / overlaps.length;
}

/** A photo with what was drawn on it, as SVG with the photo inside. */
export async function drawnSample(sample: Sample, picture: Picture): Promise<string> {
  const { width, height, clicks } = sample;
  const photo = await sharp(picture.data, { raw: { width, height, channels: 3 } })
    .resize({ width: LONGER_SIDE, height: LONGER_SIDE, fit: "inside", withoutEnlargement: true })
    .jpeg({ quality: 80 })
    .toBuffer();
  // Lines and dots are of one size whatever the photo's.
  const unit = Math.max(width, height) / LONGER_SIDE;
  const drawnClicks = clicks.map(([x, y, says], k) => {
    const fill = says === BACKGROUND ? "#d62728" : "#2ca02c";
    const place = `cx="${x + 0.5}" cy="${y + 0.5}" r="${8 * unit}"`;
    const number = `x="${x + 0.5}" y="${y + 0.5 + 3.5 * unit}" font-size="${10 * unit}"`;
    return `<circle ${place} fill="${fill}" stroke="white" stroke-width="${unit}"/><text ${number} fill="white" text-anchor="middle" font-family="sans-serif">${k + 1}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><image width="${width}" height="${height}" href="data:image/jpeg;base64,${photo.toString("base64")}"/><path d="${outlinePath(sample)}" fill="#ffd40040" fill-rule="evenodd" stroke="#ffd400" stroke-width="${1.5 * unit}"/>${drawnClicks.join("")}</svg>`;
}

function outlinePath({ width, height, mask }: Sample): string {
  const last = maskOfRunLengths({ width, height, counts: runLengthCounts(mask) });
  return outlines(last)
    .flatMap(({ outer, holes }) => [outer, ...holes])
    .map((ring) => `M${ring.map(({ x, y }) => `${x} ${y}`).join("L")}Z`)
    .join("");
}
