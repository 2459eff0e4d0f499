/**
 * The few directions in which features vary most, whatever their number: distances along them are nearly
 * all there is to the distances of features, and a mixture of Gaussians goes by distances alone.
 *
 *     V ← orthonormal(Xᵀ X V)  a few times,   parts = X V
 *
 * with X the centred features. Any orthonormal basis of their space will do, so that nothing is sorted.
 *
 * @see Halko, Martinsson & Tropp 2011, arXiv:0909.4061, algorithm 4.4 (subspace iteration).
 */

import { randomNumbers } from "../../tensor/random.ts";

const STEPS = 6;
const SEED = 1;
/** A direction this much shorter than it was, without what others say already, is rounding. */
const LEAST_LENGTH = 1e-6;

/**
 * @param planes Features, one plane for each channel, all of one length.
 * @param most   How many directions at most.
 * @returns Planes of mean 0: no more than `most`, and no more than there are channels.
 */
export function principalParts(
  planes: readonly Float32Array[],
  most: number,
): readonly Float32Array[] {
  const centred = planes.map(withoutMean);
  if (centred.length <= most) return centred;
  const random = randomNumbers(SEED);
  let basis = orthonormal(
    Array.from({ length: most }, () => Float64Array.from(centred, () => random() - 0.5)),
  );
  for (let step = 0; step < STEPS; step++) {
    basis = orthonormal(
      basis.map((direction) => {
        const along = projected(centred, direction);
        return Float64Array.from(centred, (plane) => dot(plane, along));
      }),
    );
  }
  return basis.map((direction) => Float32Array.from(projected(centred, direction)));
}

function withoutMean(plane: Float32Array): Float32Array {
  const mean = plane.reduce((sum, value) => sum + value, 0) / plane.length;
  return plane.map((value) => value - mean);
}

/** Σ_c direction[c] · planes[c] */
function projected(planes: readonly Float32Array[], direction: Float64Array): Float64Array {
  const along = new Float64Array(planes[0].length);
  planes.forEach((plane, channel) => {
    const weight = direction[channel];
    for (let i = 0; i < plane.length; i++) along[i] += weight * plane[i];
  });
  return along;
}

/** Gram and Schmidt: each without what those before it say, of length 1; what is left of none is gone. */
function orthonormal(vectors: readonly Float64Array[]): readonly Float64Array[] {
  const basis: Float64Array[] = [];
  for (const vector of vectors) {
    const before = Math.sqrt(dot(vector, vector));
    let rest = vector;
    // Twice, since rounding leaves a little of the others behind.
    for (let pass = 0; pass < 2; pass++) {
      for (const other of basis) {
        const share = dot(rest, other);
        rest = rest.map((value, i) => value - share * other[i]);
      }
    }
    const length = Math.sqrt(dot(rest, rest));
    if (length > LEAST_LENGTH * before) basis.push(rest.map((value) => value / length));
  }
  return basis;
}

function dot(a: Float32Array | Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
