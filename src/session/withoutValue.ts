import type { Mask } from "../image/pixels.ts";
import { UNSURE } from "../image/unsure.ts";

/** Pixels of a removed label get the value of another; the labels after it move down by one. What is unsure stays so. */
export function withoutValue(mask: Mask, removed: number, to: number): Mask {
  const data = mask.data.map((label) => {
    if (label === UNSURE) return UNSURE;
    const value = label === removed ? to : label;
    return value > removed ? value - 1 : value;
  });
  return { ...mask, data };
}
