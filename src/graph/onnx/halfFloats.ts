/**
 * Floats of 16 bits (IEEE 754 binary16: 1 sign, 5 exponent, 10 fraction bits), as the bits of
 * unsigned numbers, since not every platform has a Float16Array.
 */

/** The largest finite half float. */
export const LARGEST_HALF = 65504;

/** Each number rounded to the nearest half float, to the even one where two are as near. */
export function toHalfFloats(numbers: ArrayLike<number>): Uint16Array {
  const halves = new Uint16Array(numbers.length);
  const float = new Float32Array(1);
  const bits = new Uint32Array(float.buffer);
  for (let i = 0; i < numbers.length; i++) {
    float[0] = numbers[i];
    halves[i] = halfOf(bits[0]);
  }
  return halves;
}

/** The numbers that half floats stand for. */
export function fromHalfFloats(halves: Uint16Array): Float32Array {
  const numbers = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) {
    const sign = halves[i] & 0x8000 ? -1 : 1;
    const exponent = (halves[i] >> 10) & 31;
    const fraction = halves[i] & 1023;
    if (exponent === 31) numbers[i] = fraction === 0 ? sign * Infinity : Number.NaN;
    else if (exponent === 0) numbers[i] = sign * fraction * 2 ** -24;
    else numbers[i] = sign * (1024 + fraction) * 2 ** (exponent - 25);
  }
  return numbers;
}

/** From the bits of a single-precision float to those of a half float. */
function halfOf(single: number): number {
  const sign = (single >>> 16) & 0x8000;
  const magnitude = single & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00; // not a number
  if (magnitude >= 0x477ff000) return sign | 0x7c00; // rounds to infinity
  const exponent = magnitude >>> 23;
  if (exponent < 102) return sign; // rounds to zero
  // The fraction with its leading 1; below 2⁻¹⁴ half floats lose a bit per power of two.
  const fraction = exponent < 113 ? (magnitude & 0x7fffff) | 0x800000 : magnitude - 0x38000000;
  const dropped = exponent < 113 ? 126 - exponent : 13;
  const half = fraction >>> dropped;
  const rest = fraction - half * 2 ** dropped;
  const middle = 2 ** (dropped - 1);
  return sign | (half + (rest > middle || (rest === middle && (half & 1) === 1) ? 1 : 0));
}
