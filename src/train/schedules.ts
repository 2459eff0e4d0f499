import { checkOption } from "./checkOption.ts";

/**
 * How fast to learn at a step, as a share of the base rate, in [0, 1].
 *
 * Steps are counted from 0. A step past `total` is treated as `total`.
 */
export type Schedule = (step: number) => number;

/** Always the base rate. */
export const constantRate: Schedule = () => 1;

export interface PolyOptions {
  /** T ≥ 1, in steps. */
  readonly total: number;
  /** @default 0.9 */
  readonly power?: number | undefined;
}

/**
 * (1 − t/T)^power: from the base rate to 0.
 *
 * @throws {RangeError} When an option is out of range.
 * @see Chen, Papandreou, Kokkinos, Murphy & Yuille 2018, arXiv:1606.00915, section 4.1.
 */
export function polyRate({ total, power = 0.9 }: PolyOptions): Schedule {
  checkOption("polyRate", "total", total, "≥ 1", total >= 1);
  checkOption("polyRate", "power", power, "> 0", power > 0);
  return (step) => (1 - Math.min(step / total, 1)) ** power;
}

export interface CosineOptions {
  /** T ≥ 1, in steps, the warm-up included. */
  readonly total: number;
  /** f in [0, 1]: what is left of the base rate at the end. @default 0 */
  readonly floor?: number | undefined;
  /** Steps over which the rate climbs evenly to the base rate, reached at the last of them. @default 0 */
  readonly warmUp?: number | undefined;
}

/**
 * f + (1 − f) (1 + cos(π t/T)) / 2: from the base rate to the floor, slowly at both ends; after the
 * warm-up, if there is one.
 *
 * @throws {RangeError} When an option is out of range.
 * @see Loshchilov & Hutter 2017, arXiv:1608.03983, eq. 5, without restarts.
 */
export function cosineRate({ total, floor = 0, warmUp = 0 }: CosineOptions): Schedule {
  checkOption("cosineRate", "total", total, "≥ 1", total >= 1);
  checkOption("cosineRate", "floor", floor, "in [0, 1]", floor >= 0 && floor <= 1);
  checkOption("cosineRate", "warmUp", warmUp, "in [0, total)", warmUp >= 0 && warmUp < total);
  return (step) => {
    if (step < warmUp) return (step + 1) / warmUp;
    const done = Math.min((step - warmUp) / (total - warmUp), 1);
    return floor + ((1 - floor) * (1 + Math.cos(Math.PI * done))) / 2;
  };
}

export interface StepOptions {
  /** ≥ 1, in steps. */
  readonly every: number;
  /** In (0, 1]. @default 0.1 */
  readonly factor?: number | undefined;
}

/**
 * factor^⌊t / every⌋: a stair.
 *
 * @throws {RangeError} When an option is out of range.
 */
export function stepRate({ every, factor = 0.1 }: StepOptions): Schedule {
  checkOption("stepRate", "every", every, "≥ 1", every >= 1);
  checkOption("stepRate", "factor", factor, "in (0, 1]", factor > 0 && factor <= 1);
  return (step) => factor ** Math.floor(step / every);
}
