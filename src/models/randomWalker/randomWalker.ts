/**
 * The random walker, a floor for every model to beat: a pixel gets the label whose clicks a walker
 * from there, who prefers steps between like colours, is most likely to meet first.
 *
 * It walks on the picture scaled down to 240 cells along its longer side; in between, probabilities
 * are interpolated. A cell of clicks that disagree has the label of most of its pixels. Where only
 * one label was spoken of, everything has it. Nothing is learned from the colours of clicks.
 *
 * @see Grady 2006, "Random Walks for Image Segmentation", IEEE PAMI 28(11).
 */

import { pinnedPixels } from "../../clicks/pinnedPixels.ts";
import type { Label, Prompt } from "../../clicks/prompts.ts";
import { areaAveragePicture } from "../../image/areaAverage.ts";
import type { Picture, Plane, Size } from "../../image/pixels.ts";
import { resizePlane } from "../../image/resize.ts";
import type { Belief, Model } from "../model.ts";
import { type Lattice, lattice } from "./lattice.ts";
import { potential } from "./potential.ts";

const LONGER_SIDE = 240;

export function randomWalkerModel(): Model {
  return {
    name: "random-walker",
    encode: async (picture) => {
      const { width, height } = picture;
      const cells = lattice(scaledDown(picture));
      return {
        width,
        height,
        answer: async ({ labels, prompts, start }) => {
          if (start !== undefined) {
            throw new RangeError(
              "randomWalker: expected clicks alone, got a mask to start from. Use another model.",
            );
          }
          return belief(labels, beliefs(labels, prompts, cells, picture), picture);
        },
      };
    },
  };
}

function scaledDown(picture: Picture): Picture {
  const scale = Math.min(1, LONGER_SIDE / Math.max(picture.width, picture.height));
  return areaAveragePicture(picture, {
    width: Math.max(1, Math.round(scale * picture.width)),
    height: Math.max(1, Math.round(scale * picture.height)),
  });
}

/** The probability of every label but the background, at full size. */
function beliefs(
  labels: readonly Label[],
  prompts: readonly Prompt[],
  cells: Lattice,
  { width, height }: Size,
): readonly Plane[] {
  const seeds = seedsOf(labels, prompts, cells, { width, height });
  return labels.slice(1).map((_, i) => {
    if (seeds.size === 0) return constant(1 / labels.length, { width, height });
    const held = new Map([...seeds].map(([at, label]) => [at, label === i + 1 ? 1 : 0]));
    const data = Float32Array.from(potential(cells, held));
    return resizePlane({ width: cells.width, height: cells.height, data }, { width, height });
  });
}

function constant(value: number, { width, height }: Size): Plane {
  return { width, height, data: new Float32Array(width * height).fill(value) };
}

/** The label of each cell that something was said about: that of most of its pixels, the first of equals. */
function seedsOf(
  labels: readonly Label[],
  prompts: readonly Prompt[],
  cells: Size,
  { width, height }: Size,
): ReadonlyMap<number, number> {
  const votes = new Map<number, number[]>();
  for (const [at, label] of pinnedPixels(prompts, { width, height })) {
    const x = Math.floor(((at % width) * cells.width) / width);
    const y = Math.floor((Math.floor(at / width) * cells.height) / height);
    const cell = y * cells.width + x;
    const counts = votes.get(cell) ?? labels.map(() => 0);
    counts[labels.indexOf(label)]++;
    votes.set(cell, counts);
  }
  return new Map(
    [...votes].map(([cell, counts]) => [cell, counts.indexOf(Math.max(...counts))] as const),
  );
}

function belief(
  labels: readonly Label[],
  planes: readonly Plane[],
  { width, height }: Size,
): Belief {
  return {
    labels,
    width,
    height,
    rows: (from, to) => {
      const pixels = (to - from) * width;
      const result = new Float32Array(labels.length * pixels).fill(1, 0, pixels);
      planes.forEach(({ data }, i) => {
        const part = data.subarray(from * width, to * width);
        result.set(part, (i + 1) * pixels);
        for (let at = 0; at < pixels; at++) result[at] -= part[at];
      });
      for (let at = 0; at < pixels; at++) normalise(result, at, pixels);
      return result;
    },
  };
}

/** Labels are solved one by one, to a tolerance: together they may be a little more than one. */
function normalise(result: Float32Array, at: number, pixels: number): void {
  if (result[at] >= 0) return;
  const sum = 1 - result[at];
  result[at] = 0;
  for (let other = at + pixels; other < result.length; other += pixels) result[other] /= sum;
}
