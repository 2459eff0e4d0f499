/**
 * The fast guided filter with a colour guide: planes computed at low
 * resolution follow the edges of the full-resolution picture.
 *
 * In each window ω of the low-resolution guide I the output is a linear
 * function of the guide's colour,
 *
 *     a = (Σ + ε U)⁻¹ (mean(I p) − mean(I) mean(p)),   b = mean(p) − aᵀ mean(I),
 *
 * with Σ the covariance of I in ω and U the identity. The means of a and b
 * over all windows that hold a pixel, ā and b̄, are enlarged bilinearly, and
 * with the full-resolution guide the output is q = āᵀ I + b̄.
 *
 * What depends on the guide alone is computed once (`guide`), what depends on
 * the input once per input (`guidedCoefficients`), and the result in bands of
 * rows (`applyGuided`), so that no full-resolution plane need be kept.
 *
 * @see He, Sun & Tang 2010, "Guided Image Filtering"; He & Sun 2015, "Fast Guided Filter", arXiv:1505.00996.
 */

import { coverage } from "./areaAverage.ts";
import { boxMean } from "./boxMean.ts";
import { checkSize } from "./checkSize.ts";
import type { Picture, Plane, Size } from "./pixels.ts";
import { resample } from "./resample.ts";

export interface GuideOptions {
  /** Windows have a side of 2 · `radius` + 1 low-resolution pixels. @default 4 */
  readonly radius?: number;
  /** ε, squared contrast of the guide (0 to 1) below which it is smoothed over, > 0. @default 1e-4 */
  readonly epsilon?: number;
}

/** A low-resolution guide with the statistics of its windows. */
export interface Guide extends Size {
  readonly radius: number;
  /** Red, green, blue in [0, 1], `[height, width]` each. */
  readonly colours: readonly Float64Array[];
  /** Their window means. */
  readonly means: readonly Float64Array[];
  /** (Σ + ε U)⁻¹ in each window, its upper triangle row by row: rr, rg, rb, gg, gb, bb. */
  readonly inverses: readonly Float64Array[];
}

/** ā (red, green, blue) and b̄ of one input, `[height, width]` each. */
export type Coefficients = readonly [Float32Array, Float32Array, Float32Array, Float32Array];

/**
 * The guide of a picture at a lower resolution.
 *
 * @param size At most the picture's.
 */
export function guide(
  picture: Picture,
  size: Size,
  { radius = 4, epsilon = 1e-4 }: GuideOptions = {},
): Guide {
  checkGuide(picture, size, radius, epsilon);
  const means = resample(picture.data, picture, 3, size, coverage);
  const { width, height } = size;
  const colours = [0, 1, 2].map((channel) =>
    Float64Array.from({ length: width * height }, (_, i) => means[3 * i + channel] / 255),
  );
  const mean = (values: Float64Array) => boxMean(values, size, radius);
  const colourMeans = colours.map(mean);
  const covariances = TRIANGLE.map(([i, j]) => {
    const products = mean(product(colours[i], colours[j]));
    for (let at = 0; at < products.length; at++) {
      products[at] -= colourMeans[i][at] * colourMeans[j][at];
      if (i === j) products[at] += epsilon;
    }
    return products;
  });
  invert(covariances);
  return { width, height, radius, colours, means: colourMeans, inverses: covariances };
}

/** The linear functions that bring an input, a plane of the guide's size, to the picture's edges. */
export function guidedCoefficients(guide: Guide, input: Plane): Coefficients {
  if (input.width !== guide.width || input.height !== guide.height) {
    throw new RangeError(
      `guidedCoefficients: expected an input of the guide's size, ${guide.width}×${guide.height}, got ${input.width}×${input.height}.`,
    );
  }
  const mean = (values: Float64Array) => boxMean(values, guide, guide.radius);
  const p = Float64Array.from(input.data);
  const b = mean(p);
  const [red, green, blue] = guide.colours.map((colour) => mean(product(colour, p)));
  const [meanRed, meanGreen, meanBlue] = guide.means;
  const [rr, rg, rb, gg, gb, bb] = guide.inverses;
  for (let at = 0; at < b.length; at++) {
    const r = red[at] - meanRed[at] * b[at];
    const g = green[at] - meanGreen[at] * b[at];
    const l = blue[at] - meanBlue[at] * b[at];
    red[at] = rr[at] * r + rg[at] * g + rb[at] * l;
    green[at] = rg[at] * r + gg[at] * g + gb[at] * l;
    blue[at] = rb[at] * r + gb[at] * g + bb[at] * l;
    b[at] -= red[at] * meanRed[at] + green[at] * meanGreen[at] + blue[at] * meanBlue[at];
  }
  const smooth = (values: Float64Array) => Float32Array.from(mean(values));
  return [smooth(red), smooth(green), smooth(blue), smooth(b)];
}

/** Index pairs of the upper triangle of a symmetric 3 × 3 matrix. */
const TRIANGLE: readonly (readonly [number, number])[] = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 1],
  [1, 2],
  [2, 2],
];

function product(a: Float64Array, b: Float64Array): Float64Array {
  const result = new Float64Array(a.length);
  for (let at = 0; at < a.length; at++) result[at] = a[at] * b[at];
  return result;
}

/** Invert symmetric 3 × 3 matrices, given by their upper triangles, in place, by cofactors. */
function invert([rr, rg, rb, gg, gb, bb]: readonly Float64Array[]): void {
  for (let at = 0; at < rr.length; at++) {
    const [a, b, c, d, e, f] = [rr[at], rg[at], rb[at], gg[at], gb[at], bb[at]];
    const determinant = a * (d * f - e * e) - b * (b * f - c * e) + c * (b * e - c * d);
    rr[at] = (d * f - e * e) / determinant;
    rg[at] = (c * e - b * f) / determinant;
    rb[at] = (b * e - c * d) / determinant;
    gg[at] = (a * f - c * c) / determinant;
    gb[at] = (b * c - a * e) / determinant;
    bb[at] = (a * d - b * b) / determinant;
  }
}

function checkGuide(picture: Size, size: Size, radius: number, epsilon: number): void {
  checkSize("guide", size);
  if (size.width > picture.width || size.height > picture.height) {
    throw new RangeError(
      `guide: expected at most the picture's size, ${picture.width}×${picture.height}, got ${size.width}×${size.height}.`,
    );
  }
  if (!(Number.isInteger(radius) && radius >= 0)) {
    throw new RangeError(`guide: expected a whole radius from 0 pixels, got ${radius}.`);
  }
  if (!(epsilon > 0 && Number.isFinite(epsilon))) {
    throw new RangeError(
      `guide: expected epsilon > 0, got ${epsilon}. A window of one colour has no inverse without it.`,
    );
  }
}
