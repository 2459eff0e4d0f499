/** How sure the means of a set are, and what differs between two runs on the same objects. */

import { type Agreement, agreement, paired } from "./agreement.ts";
import { bootstrapInterval, type Interval, type Seeded } from "./bootstrap.ts";
import type { Sample } from "./sample.ts";
import { type ByTarget, byTarget, clicksNeeded, iouOf, mean } from "./summary.ts";

/** Middle 95 % of the bootstrap; `null` where there is no value. */
export interface Intervals {
  readonly noc: ByTarget<Interval | null>;
  /** After click 1, 2, … */
  readonly miou: readonly (Interval | null)[];
}

/** One seed for all: intervals of a set draw the same objects. */
const SEED = 1;

export function intervals(samples: readonly Sample[], seeded: Seeded): Intervals {
  const of = (values: readonly (number | null)[]) =>
    bootstrapInterval(
      values.filter((value) => value !== null),
      seeded(SEED),
    ) ?? null;
  return {
    noc: byTarget((target) => of(clicksNeeded(target, samples))),
    miou: (samples[0]?.overlaps ?? []).map((_, k) =>
      of(samples.map(({ overlaps }) => iouOf(overlaps[k]))),
    ),
  };
}

/** The mean of paired differences, with its interval; surely different where that leaves out 0. */
export interface Difference {
  readonly mean: number | null;
  readonly interval: Interval | null;
}

export interface Comparison {
  /** Objects that both runs have. */
  readonly objects: number;
  /** Objects of only one of them. */
  readonly unpaired: number;
  /** This run's clicks to each target less the other's: below 0 is better. */
  readonly noc: ByTarget<Difference>;
  /** This run's IoU after click 1, 2, … less the other's: above 0 is better. */
  readonly miou: readonly Difference[];
  /** How alike the last masks are. */
  readonly masks: Agreement;
}

/**
 * Compare two runs object by object, which is far sharper than comparing their means.
 *
 * @throws {RangeError} When they have no object in common, or other numbers of clicks.
 */
export function compared(
  these: readonly Sample[],
  those: readonly Sample[],
  seeded: Seeded,
): Comparison {
  const pairs = paired(these, those);
  const masks = agreement(these, those);
  if (masks === undefined) {
    throw new RangeError("compared: expected runs on the same objects, got none in common.");
  }
  const limits = new Set(pairs.flat().map(({ overlaps }) => overlaps.length));
  if (limits.size > 1) {
    throw new RangeError(
      `compared: expected runs of equally many clicks, got ${[...limits].join(" and ")}.`,
    );
  }
  const [left, right] = [pairs.map(([one]) => one), pairs.map(([, other]) => other)];
  const difference = (a: readonly (number | null)[], b: readonly (number | null)[]) => {
    const differences = a.flatMap((value, i) => {
      const other = b[i];
      return value === null || other === null ? [] : [value - other];
    });
    return {
      mean: mean(differences),
      interval: bootstrapInterval(differences, seeded(SEED)) ?? null,
    };
  };
  return {
    objects: masks.objects,
    unpaired: these.length + those.length - 2 * pairs.length,
    noc: byTarget((target) => difference(clicksNeeded(target, left), clicksNeeded(target, right))),
    miou: left[0].overlaps.map((_, k) =>
      difference(
        left.map(({ overlaps }) => iouOf(overlaps[k])),
        right.map(({ overlaps }) => iouOf(overlaps[k])),
      ),
    ),
    masks,
  };
}
