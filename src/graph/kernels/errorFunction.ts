/** From here on the continued fraction settles sooner than the series. */
const FAR = 3;
/** From here on erf x is 1 to the last bit of a double. */
const SATURATED = 6;
/** Enough terms of the fraction for the last bit of a double from `FAR` on. */
const FRACTION_TERMS = 60;

/**
 * erf x = 2/√π · ∫₀ˣ e^(−t²) dt, right to a few units in the last place of a double.
 *
 * @see Abramowitz & Stegun 1964, 7.1.6 (the series, whose terms all have one sign) and 7.1.14 (the
 *   continued fraction of 1 − erf x).
 */
export function errorFunction(x: number): number {
  const distance = Math.abs(x);
  if (distance >= SATURATED) return Math.sign(x);
  if (distance < FAR) return series(x);
  return Math.sign(x) * (1 - complement(distance));
}

/** 2/√π · e^(−x²) · Σ_n 2ⁿ x^(2n+1) / (1 · 3 · … · (2n+1)) */
function series(x: number): number {
  const square = x * x;
  let term = x;
  let total = x;
  for (let odd = 3; Math.abs(term) > Math.abs(total) * (Number.EPSILON / 2); odd += 2) {
    term *= (2 * square) / odd;
    total += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-square) * total;
}

/** e^(−x²) / √π · 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …)))) */
function complement(x: number): number {
  let fraction = x;
  for (let n = FRACTION_TERMS; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}
