/** Numbers without pattern that depend on a seed and a place alone. */

/** A function of two whole numbers, values in [0, 1). */
export type Scatter = (x: number, y: number) => number;

/** A smooth function of the plane, values in [0, 1], with bumps one unit wide. */
export type Noise = (x: number, y: number) => number;

/** Two rounds of multiply and shift, after the finaliser of MurmurHash3. */
export function scatter(seed: number): Scatter {
  return (x, y) => {
    let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed + 1, 0x9e3779b1);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** A sequence of numbers in [0, 1) that a seed determines. */
export function sequence(seed: number): () => number {
  const at = scatter(seed);
  let i = 0;
  return () => at(i++, 0);
}

/** Value noise: scattered numbers at whole places, joined smoothly. */
export function smoothNoise(seed: number): Noise {
  const at = scatter(seed);
  return (x, y) => {
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const across = smooth(x - left);
    const down = smooth(y - top);
    const upper = mix(at(left, top), at(left + 1, top), across);
    const lower = mix(at(left, top + 1), at(left + 1, top + 1), across);
    return mix(upper, lower, down);
  };
}

/** Noise with finer and finer detail: each octave half as wide and half as strong. */
export function fractalNoise(seed: number, octaves: number): Noise {
  const layers = Array.from({ length: octaves }, (_, octave) => smoothNoise(seed * 31 + octave));
  const total = 2 - 2 ** (1 - octaves);
  return (x, y) => {
    let sum = 0;
    let scale = 1;
    for (const layer of layers) {
      sum += layer(x * scale, y * scale) / scale;
      scale *= 2;
    }
    return sum / total;
  };
}

/** From a to b as t goes from 0 to 1. */
export function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

/** 0 up to `from`, 1 from `to` on, smooth between; `from` may be the larger one. */
export function ramp(from: number, to: number, x: number): number {
  return smooth(Math.min(1, Math.max(0, (x - from) / (to - from))));
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}
