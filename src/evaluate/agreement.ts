/** How alike the last masks of two runs are: of one model on two devices, above all. */

import type { Mask } from "../image/pixels.ts";
import { runLengthCounts } from "../image/runLengthString.ts";
import { maskOfRunLengths } from "../image/runLengths.ts";
import { iou, overlap } from "./overlap.ts";
import type { Sample } from "./sample.ts";

export interface Agreement {
  /** Objects that both runs have. */
  readonly objects: number;
  /** Of them, how many have the same last mask, to the pixel. */
  readonly equal: number;
  /** Mean IoU of one run's last mask with the other's, 0 to 1; two empty masks are as one. */
  readonly maskIou: number;
}

/** The objects of two runs that have the same name. */
export function paired(
  these: readonly Sample[],
  those: readonly Sample[],
): readonly (readonly [Sample, Sample])[] {
  const byId = new Map(those.map((sample) => [sample.id, sample]));
  return these.flatMap((one) => {
    const other = byId.get(one.id);
    return other === undefined ? [] : [[one, other] as const];
  });
}

/**
 * @returns `undefined` where the runs have no object in common.
 * @throws {RangeError} When an object's size differs between the runs, or a mask is damaged.
 */
export function agreement(
  these: readonly Sample[],
  those: readonly Sample[],
): Agreement | undefined {
  const alike = paired(these, those).map(([one, other]) => maskIou(one, other));
  if (alike.length === 0) return undefined;
  return {
    objects: alike.length,
    equal: alike.filter((value) => value === 1).length,
    maskIou: alike.reduce((sum, value) => sum + value, 0) / alike.length,
  };
}

/** 1 only where the masks are equal: a quotient of smaller by larger whole numbers is less. */
function maskIou(one: Sample, other: Sample): number {
  const both = overlap(lastMask(one), lastMask(other));
  return both.union === 0 ? 1 : iou(both);
}

function lastMask({ width, height, mask }: Sample): Mask {
  return maskOfRunLengths({ width, height, counts: runLengthCounts(mask) });
}
