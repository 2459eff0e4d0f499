/**
 * OpenCV's GrabCut, a floor for every model to beat: graph cuts over two mixtures of five Gaussians
 * of colour, learned from what is cut, three times anew for every click.
 *
 * Disks of radius 5 at the clicks are sure. Within a tenth of the picture's longer side of an object
 * click a pixel is probably object, elsewhere probably background. `bench/peers/grabCut.py` seeds
 * OpenCV's own build alike.
 *
 * @see Rother, Kolmogorov & Blake 2004, "GrabCut", ACM TOG 23(3).
 */

import { type Click, OBJECT } from "../../clicks/prompts.ts";
import { mapInto } from "../../image/mapInto.ts";
import type { Picture, PixelPoint, Plane, Size } from "../../image/pixels.ts";
import type { Model } from "../model.ts";
import { beliefOf, clicksOf } from "../oneObject.ts";

/** What is used of OpenCV's build for JavaScript; the edge hands it in. */
export interface OpenCv {
  readonly Mat: new (rows: number, columns: number, type: number) => OpenCvMatrix;
  readonly Rect: new (x: number, y: number, width: number, height: number) => object;
  readonly CV_8UC1: number;
  readonly CV_8UC3: number;
  readonly CV_64FC1: number;
  readonly GC_INIT_WITH_MASK: number;
  setRNGSeed(seed: number): void;
  grabCut(
    image: OpenCvMatrix,
    mask: OpenCvMatrix,
    box: object,
    background: OpenCvMatrix,
    object: OpenCvMatrix,
    iterations: number,
    mode: number,
  ): void;
}

/** Its memory is not collected: it must be given back with `delete`. */
export interface OpenCvMatrix {
  readonly data: Uint8Array;
  delete(): void;
}

const SURE_BACKGROUND = 0;
const SURE_OBJECT = 1;
const PERHAPS_BACKGROUND = 2;
const PERHAPS_OBJECT = 3;

const SURE_RADIUS = 5;
/** Of the longer side, and in pixels at least. */
const PERHAPS_SHARE = 0.1;
const LEAST_PERHAPS_RADIUS = 10;
const ITERATIONS = 3;
/** Numbers of a mixture of five: a weight, three means and nine covariances each. */
const MIXTURE = 65;

export function grabCutModel(cv: OpenCv): Model {
  return {
    name: "grabcut",
    encode: async (picture) => ({
      width: picture.width,
      height: picture.height,
      answer: async (question) => {
        const mask = seeded(picture, clicksOf(question, "grabcut"));
        cut(cv, picture, mask);
        return beliefOf(question, decided(picture, mask));
      },
    }),
  };
}

function seeded(size: Size, clicks: readonly Click[]): Uint8Array {
  const { width, height } = size;
  const mask = new Uint8Array(width * height).fill(PERHAPS_BACKGROUND);
  const longer = Math.max(width, height);
  const perhaps = Math.max(LEAST_PERHAPS_RADIUS, Math.floor(PERHAPS_SHARE * longer));
  const sure = (says: string) => (says === OBJECT ? SURE_OBJECT : SURE_BACKGROUND);
  for (const { at, says } of clicks) {
    if (says === OBJECT) fillDisk(mask, size, at, perhaps, PERHAPS_OBJECT);
  }
  for (const { at, says } of clicks) fillDisk(mask, size, at, SURE_RADIUS, sure(says));
  // Of disks that overlap the later wins, but never at the clicks themselves.
  for (const { at, says } of clicks) fillDisk(mask, size, at, 0, sure(says));
  return mask;
}

/** All pixels at most so far from a place. */
function fillDisk(
  mask: Uint8Array,
  { width, height }: Size,
  { x, y }: PixelPoint,
  radius: number,
  value: number,
): void {
  const [column, row] = [Math.round(x), Math.round(y)];
  for (let v = Math.max(0, row - radius); v <= Math.min(height - 1, row + radius); v++) {
    const half = Math.floor(Math.sqrt(radius ** 2 - (v - row) ** 2));
    const from = Math.max(0, column - half);
    const to = Math.min(width, column + half + 1);
    if (from < to) mask.fill(value, v * width + from, v * width + to);
  }
}

/** Decide the pixels that are not sure. Where none may be object, or none background, nothing is learned. */
function cut(cv: OpenCv, { width, height, data }: Picture, mask: Uint8Array): void {
  if (mask.every(isBackground) || !mask.some(isBackground)) return;
  const image = new cv.Mat(height, width, cv.CV_8UC3);
  const labels = new cv.Mat(height, width, cv.CV_8UC1);
  const background = new cv.Mat(1, MIXTURE, cv.CV_64FC1);
  const object = new cv.Mat(1, MIXTURE, cv.CV_64FC1);
  try {
    image.data.set(data);
    labels.data.set(mask);
    background.data.fill(0);
    object.data.fill(0);
    const whole = new cv.Rect(0, 0, width, height);
    // Its mixtures begin at random; each click begins anew, so that clicks alone decide.
    cv.setRNGSeed(1);
    cv.grabCut(image, labels, whole, background, object, ITERATIONS, cv.GC_INIT_WITH_MASK);
    mask.set(labels.data);
  } finally {
    for (const matrix of [image, labels, background, object]) matrix.delete();
  }
}

function isBackground(value: number): boolean {
  return value === SURE_BACKGROUND || value === PERHAPS_BACKGROUND;
}

/** A cut knows no doubt: probabilities are 0 and 1. */
function decided({ width, height }: Size, mask: Uint8Array): Plane {
  return {
    width,
    height,
    data: mapInto(new Float32Array(mask.length), mask, (value) => (isBackground(value) ? 0 : 1)),
  };
}
