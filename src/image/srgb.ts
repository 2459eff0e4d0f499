/**
 * Between stored sRGB numbers and light (IEC 61966-2-1).
 *
 *     light = s / 12.92                       for s ≤ 0.04045
 *     light = ((s + 0.055) / 1.055)^2.4       otherwise
 */

const SLOPE = 12.92;
const OFFSET = 0.055;
const EXPONENT = 2.4;
const SRGB_KNEE = 0.04045;
const LIGHT_KNEE = 0.0031308;

/** Light, 0 to 1, of an sRGB number, 0 to 1. */
export function lightOfSrgb(s: number): number {
  return s <= SRGB_KNEE ? s / SLOPE : ((s + OFFSET) / (1 + OFFSET)) ** EXPONENT;
}

/** The sRGB number, 0 to 1, of light, 0 to 1. */
export function srgbOfLight(light: number): number {
  return light <= LIGHT_KNEE ? light * SLOPE : (1 + OFFSET) * light ** (1 / EXPONENT) - OFFSET;
}
