/** Last words of what was said at the pixels themselves, where units are too coarse. */

import type { LabPlanes } from "../../image/lab.ts";
import type { Size } from "../../image/pixels.ts";
import { UNSURE } from "../../image/unsure.ts";
import type { ColourConstants } from "./constants.ts";
import { REFERENCE_SIDE, type Seeds } from "./seeds.ts";

/** A Gaussian is cut off at three standard deviations. */
const CUT = 3;

/** W exp(…), of a click at a pixel of the working picture: how much it counts at another pixel. */
export function clickBlend(
  at: number,
  { width, height }: Size,
  { l, a, b }: LabPlanes,
  { clickReach, clickWeight, clickColour }: ColourConstants,
): (pixel: number) => number {
  const sigma = (clickReach * Math.max(width, height)) / REFERENCE_SIDE;
  const planes = [l.data, a.data, b.data];
  const x = at % width;
  const y = (at - x) / width;
  return (i) => {
    const column = i % width;
    const row = (i - column) / width;
    let exponent = ((column - x) ** 2 + (row - y) ** 2) / sigma ** 2;
    for (const plane of planes) exponent += (plane[i] - plane[at]) ** 2 / clickColour ** 2;
    return clickWeight * Math.exp(-0.5 * exponent);
  };
}

/**
 * Blend into `probabilities`, `[labels, pixels]`, in place:
 *
 *     p[l] ← (p[l] + Σ_c W exp(−½‖colour − colour_c‖²/σc² − ½‖x − x_c‖²/σx²) [c says l]) / (1 + Σ_c …)
 */
export function blendClicks(
  probabilities: Float32Array,
  { clicks, strokes }: Seeds,
  labels: number,
  { width, height }: Size,
  lab: LabPlanes,
  constants: ColourConstants,
): void {
  const pixels = width * height;
  const sigma = (constants.clickReach * Math.max(width, height)) / REFERENCE_SIDE;
  const reach = Math.ceil(CUT * sigma);
  const total = new Float32Array(pixels).fill(1);
  for (const { at, label } of clicks) {
    const weightAt = clickBlend(at, { width, height }, lab, constants);
    const x = at % width;
    const y = (at - x) / width;
    for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
      for (
        let column = Math.max(0, x - reach);
        column <= Math.min(width - 1, x + reach);
        column++
      ) {
        const i = row * width + column;
        const weight = weightAt(i);
        probabilities[label * pixels + i] += weight;
        total[i] += weight;
      }
    }
  }
  for (let i = 0; i < probabilities.length; i++) probabilities[i] /= total[i % pixels];
  for (const { at, label } of strokes) {
    for (let other = 0; other < labels; other++) {
      probabilities[other * pixels + at] = other === label ? 1 : 0;
    }
  }
}

/** Blend a starting mask into `probabilities`, so that its outline survives where nothing was said. */
export function blendStart(
  probabilities: Float32Array,
  { start }: Seeds,
  { startWeight }: ColourConstants,
): void {
  if (!start) return;
  const pixels = start.data.length;
  const weight = startWeight * start.precision;
  for (let i = 0; i < probabilities.length; i++) {
    const label = Math.floor(i / pixels);
    const own = start.data[i % pixels];
    if (own === UNSURE) continue;
    const says = own === label ? weight : 0;
    probabilities[i] = (probabilities[i] + says) / (1 + weight);
  }
}
