/** The numbers parameters begin with. Randomness comes in; the same random numbers give the same. */

import { type Axis, type HostTensor, ShapeError, sizeOf } from "../tensor/hostTensor.ts";
import { normalNumbers } from "../tensor/random.ts";

/** Makes a float32 tensor with these axes; `random` is uniform in [0, 1). */
export type Initialiser = (axes: readonly Axis[], random: () => number) => HostTensor;

/** Every entry the same number. */
export function constantly(value: number): Initialiser {
  return (axes) => filled(axes, () => value);
}

export const zeros: Initialiser = constantly(0);
export const ones: Initialiser = constantly(1);

/** Normal with mean 0 and this standard deviation. */
export function normal(deviation: number): Initialiser {
  return (axes, random) => {
    const next = normalNumbers(random);
    return filled(axes, () => deviation * next());
  };
}

/** Uniform between −limit and limit. */
export function uniform(limit: number): Initialiser {
  return (axes, random) => filled(axes, () => limit * (2 * random() - 1));
}

/**
 * He's initialiser, for what goes through a `relu`: normal with variance 2 / (inputs of a unit).
 *
 * @param inputs The axes an output is summed over.
 * @see He et al. 2015, arXiv:1502.01852.
 */
export function he(...inputs: readonly string[]): Initialiser {
  return (axes, random) => normal(Math.sqrt(2 / countOf(axes, inputs)))(axes, random);
}

/**
 * Xavier's initialiser: uniform with variance 2 / (inputs + outputs of a unit).
 *
 * @param inputs The axes an output is summed over; the others are its outputs.
 * @see Glorot & Bengio 2010, "Understanding the difficulty of training deep feedforward networks".
 */
export function xavier(...inputs: readonly string[]): Initialiser {
  return (axes, random) => {
    const fanIn = countOf(axes, inputs);
    return uniform(Math.sqrt(6 / (fanIn + sizeOf(axes) / fanIn)))(axes, random);
  };
}

function countOf(axes: readonly Axis[], names: readonly string[]): number {
  const counted = axes.filter(({ name }) => names.includes(name));
  if (counted.length === names.length) return sizeOf(counted);
  const own = axes.map(({ name }) => name).join(", ");
  throw new ShapeError(`initialiser: expected axes ${names.join(", ")}, got ${own}.`);
}

function filled(axes: readonly Axis[], next: () => number): HostTensor {
  const data = new Float32Array(sizeOf(axes));
  for (let i = 0; i < data.length; i++) data[i] = next();
  return { dtype: "float32", axes, data };
}
