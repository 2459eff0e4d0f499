/**
 * A piece of a label that nobody asked for goes to the label that is next most
 * probable there: an island of the object without a click on it, a hole in it
 * without a click of the background. A piece is asked for when something said
 * about its label lies in it; a piece of background also when it reaches the
 * border of the image.
 */

import { components } from "../../image/components.ts";
import type { Size } from "../../image/pixels.ts";
import type { Seeds } from "./seeds.ts";

/** Swap the probabilities of unasked pieces, `[labels, pixels]`, in place. */
export function dropUnaskedPieces(
  probabilities: Float32Array,
  seeds: Seeds,
  labels: number,
  size: Size,
): void {
  dropPieces(probabilities, seeds, labels, size, "islands");
  dropPieces(probabilities, seeds, labels, size, "holes");
}

function dropPieces(
  probabilities: Float32Array,
  seeds: Seeds,
  labels: number,
  size: Size,
  which: "islands" | "holes",
): void {
  const pixels = size.width * size.height;
  const decided = mostProbable(probabilities, labels, pixels);
  for (const { at, label } of [...seeds.clicks, ...seeds.strokes]) decided[at] = label;
  // `components` leaves 0 out: islands are pieces of labels 1 and up, holes those of background.
  const shown = which === "islands" ? decided : decided.map((label) => (label === 0 ? 1 : 0));
  const pieces = components({ ...size, data: shown }, 4);
  const asked = askedFor(pieces.data, pieces.count, decided, seeds, size, which);
  for (let i = 0; i < pixels; i++) {
    if (pieces.data[i] === 0 || asked[pieces.data[i]]) continue;
    const next = bestExcept(probabilities, decided[i], labels, pixels, i);
    const own = probabilities[decided[i] * pixels + i];
    probabilities[decided[i] * pixels + i] = probabilities[next * pixels + i];
    probabilities[next * pixels + i] = own;
  }
}

function askedFor(
  pieces: Int32Array,
  count: number,
  decided: Uint8Array,
  { clicks, strokes, regions, start }: Seeds,
  { width, height }: Size,
  which: "islands" | "holes",
): Uint8Array {
  const asked = new Uint8Array(count + 1);
  for (const { at, label } of [...clicks, ...strokes]) {
    if (decided[at] === label) asked[pieces[at]] = 1;
  }
  const boxed = new Set(regions.map(({ label }) => label));
  for (let i = 0; i < pieces.length; i++) {
    const x = i % width;
    const atBorder = x === 0 || x === width - 1 || i < width || i >= (height - 1) * width;
    if (which === "holes" && atBorder) asked[pieces[i]] = 1;
    if (start?.data[i] === decided[i] || boxed.has(decided[i])) asked[pieces[i]] = 1;
  }
  return asked;
}

/** The most probable label of each pixel, the first of equals. */
function mostProbable(probabilities: Float32Array, labels: number, pixels: number): Uint8Array {
  const best = new Uint8Array(pixels);
  for (let i = 0; i < pixels; i++) {
    for (let label = 1; label < labels; label++) {
      if (probabilities[label * pixels + i] > probabilities[best[i] * pixels + i]) best[i] = label;
    }
  }
  return best;
}

function bestExcept(
  probabilities: Float32Array,
  not: number,
  labels: number,
  pixels: number,
  i: number,
): number {
  let best = not === 0 ? 1 : 0;
  for (let label = best + 1; label < labels; label++) {
    if (label === not) continue;
    if (probabilities[label * pixels + i] > probabilities[best * pixels + i]) best = label;
  }
  return best;
}
