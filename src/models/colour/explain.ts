/**
 * Why a pixel has its label: a unit's value is an average of what pulls on it and of its neighbours'
 * values, so it is, through all of them, an average of the pulls alone; these are its weights.
 *
 *     share[k,c] = (π[k,c] + Σ_j w[k,j] share[j,c]) / (Σ_c π[k,c] + Σ_j w[k,j])
 *
 * with w as in walk.ts, at the values that were found, and π the pull of source c: a prompt, the mask
 * that was started from, or the looks of a label. Pixels take the shares of the units that explain
 * them, and those of the clicks near them (blend.ts). At every pixel shares sum to one.
 */

import type { Prompt } from "../../clicks/prompts.ts";
import type { Size } from "../../image/pixels.ts";
import { UNSURE } from "../../image/unsure.ts";
import type { TensorData } from "../../tensor/hostTensor.ts";
import type { Explanation, Source } from "../explanation.ts";
import type { Question } from "../model.ts";
import { clickBlend } from "./blend.ts";
import type { ColourConstants } from "./constants.ts";
import type { ColourEncoding } from "./encode.ts";
import { gridOf, NEAR } from "./grid.ts";
import { pullsOf } from "./pulls.ts";
import { seedsOf } from "./seeds.ts";

/** What was found for a question: values of units, and what looks say of them. */
export interface Found {
  /** `[things, units]`. */
  readonly value: TensorData;
  readonly evidence: TensorData | undefined;
}

/** Sweeps through all units, forth and back: more change shares by less than a hundredth. */
const SWEEPS = 40;

/** About so many places are explained. */
const PLACES = 10_000;

export function explain(
  question: Question,
  whole: Size,
  encoding: ColourEncoding,
  { value, evidence }: Found,
  constants: ColourConstants,
): Explanation {
  const { units: grid } = encoding;
  const units = grid.width * grid.height;
  const pulls: { readonly source: Source; readonly pull: Float32Array }[] = [];
  const { labels, start, prompts } = question;
  const pullOf = (own: Partial<Question>): Float32Array => {
    const asked = { labels, prompts: [], ...own };
    const seeds = seedsOf(asked, whole, encoding.picture);
    const { said } = pullsOf(seeds, labels.length, encoding, constants);
    return totalOverLabels(said, units);
  };
  for (const prompt of prompts) {
    pulls.push({ source: { kind: "prompt", prompt }, pull: pullOf({ prompts: [prompt] }) });
  }
  if (start) pulls.push({ source: { kind: "start" }, pull: pullOf({ start }) });
  if (evidence) {
    labels.forEach((label, index) => {
      const pull = evidenceOf(evidence, index, units);
      pulls.push({
        source: { kind: "looks", label },
        pull: pull.map((share) => share * constants.evidencePrecision),
      });
    });
  }
  const shares = spreadShares(
    pulls.map(({ pull }) => pull),
    value,
    encoding,
    constants,
  );
  return atPixels(
    pulls.map(({ source }) => source),
    shares,
    encoding,
    startBlend(question, whole, encoding, constants),
    blends(prompts, question, whole, encoding, constants),
  );
}

function totalOverLabels(said: Float32Array, units: number): Float32Array {
  const total = new Float32Array(units);
  for (let i = 0; i < said.length; i++) total[i % units] += said[i];
  return total;
}

/** What looks say for a label; for the background, what they leave. */
function evidenceOf(things: TensorData, label: number, units: number): Float32Array {
  return Float32Array.from({ length: units }, (_, unit) => {
    if (label > 0) return things[(label - 1) * units + unit];
    let left = 1;
    for (let at = unit; at < things.length; at += units) left -= things[at];
    return Math.max(0, left);
  });
}

/** `[sources, units]`: the weights of all pulls in the value of every unit. */
function spreadShares(
  pulls: readonly Float32Array[],
  value: TensorData,
  { units: grid, tensors }: ColourEncoding,
  { valueFloor, valuePrecision, neighbours: near }: ColourConstants,
): Float32Array {
  const units = grid.width * grid.height;
  const { closeness, neighbours } = tensors;
  const count = pulls.length;
  const shares = new Float32Array(count * units).fill(1 / count);
  const weights = new Float32Array(near * units);
  const totals = new Float32Array(units);
  for (let unit = 0; unit < units; unit++) {
    for (const pull of pulls) totals[unit] += pull[unit];
    for (let n = 0; n < near; n++) {
      const at = n * units + unit;
      const apart = squaredDifference(value, units, unit, neighbours.data[at]);
      weights[at] = closeness.data[at] / Math.sqrt(valueFloor + (valuePrecision / 2) * apart);
      totals[unit] += weights[at];
    }
  }
  function update(unit: number): void {
    for (let source = 0; source < count; source++) {
      let share = pulls[source][unit];
      for (let n = 0; n < near; n++) {
        const at = n * units + unit;
        share += weights[at] * shares[source * units + neighbours.data[at]];
      }
      shares[source * units + unit] = share / totals[unit];
    }
  }
  for (let sweep = 0; sweep < 2 * SWEEPS; sweep++) {
    for (let i = 0; i < units; i++) {
      const unit = sweep % 2 === 0 ? i : units - 1 - i;
      if (totals[unit] > 0) update(unit);
    }
  }
  return shares;
}

/** Of two distributions over labels, of which the background is what the things leave. */
function squaredDifference(value: TensorData, units: number, one: number, other: number): number {
  let [things, left] = [0, 0];
  for (let start = 0; start < value.length; start += units) {
    const difference = value[start + one] - value[start + other];
    things += difference ** 2;
    left += difference;
  }
  return things + left ** 2;
}

/** A click's weight at a pixel of the working picture, for each click, by its place among the sources. */
type Blends = readonly { readonly source: number; weightAt(pixel: number): number }[];

function blends(
  prompts: readonly Prompt[],
  { labels }: Question,
  whole: Size,
  { picture, lab }: ColourEncoding,
  constants: ColourConstants,
): Blends {
  return prompts.flatMap((prompt, source) => {
    const { clicks } = seedsOf({ labels, prompts: [prompt] }, whole, picture);
    return clicks.map(({ at }) => ({ source, weightAt: clickBlend(at, picture, lab, constants) }));
  });
}

/** The weight of the mask to start from at a pixel of the working picture: none where that is unsure. */
function startBlend(
  question: Question,
  whole: Size,
  { picture }: ColourEncoding,
  { startWeight }: ColourConstants,
): (pixel: number) => number {
  const { start: seed } = seedsOf(question, whole, picture);
  return (pixel) => (seed?.data[pixel] === UNSURE ? 0 : startWeight);
}

/** From units to places all over the picture. */
function atPixels(
  sources: readonly Source[],
  shares: Float32Array,
  { picture, units: grid, bands }: ColourEncoding,
  startWeightAt: (pixel: number) => number,
  clicks: Blends,
): Explanation {
  const units = grid.width * grid.height;
  const places = gridOf(picture, PLACES);
  const count = places.width * places.height;
  const all = new Float32Array(sources.length * count);
  const start = sources.findIndex(({ kind }) => kind === "start");
  for (let place = 0; place < count; place++) {
    const column = Math.floor(((place % places.width) + 0.5) * (picture.width / places.width));
    const row = Math.floor(
      (Math.floor(place / places.width) + 0.5) * (picture.height / places.height),
    );
    const pixel = row * picture.width + column;
    const { from, count: rows, near, weights } = bands[Math.floor(pixel / bands[0].count)];
    for (let k = pixel - from; k < NEAR * rows; k += rows) {
      for (let source = 0; source < sources.length; source++) {
        all[source * count + place] += weights.data[k] * shares[source * units + near.data[k]];
      }
    }
    if (start !== -1) mix(all, count, place, [[start, startWeightAt(pixel)]]);
    mix(
      all,
      count,
      place,
      clicks.map(({ source, weightAt }) => [source, weightAt(pixel)]),
    );
  }
  return { ...places, sources, shares: all };
}

/** Give sources their weights beside what is there, and make it one again. */
function mix(
  shares: Float32Array,
  count: number,
  place: number,
  more: readonly (readonly [source: number, weight: number])[],
): void {
  for (const [source, weight] of more) shares[source * count + place] += weight;
  let total = 0;
  for (let at = place; at < shares.length; at += count) total += shares[at];
  for (let at = place; at < shares.length; at += count) shares[at] /= total;
}
