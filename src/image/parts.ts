/** The parts of a label: its connected components, over edges and corners. */

import { components } from "./components.ts";
import type { Mask } from "./pixels.ts";

/**
 * Where each part of a label is, the largest part first, then as they are met, row by row.
 *
 * @returns for every pixel 0 where it has another label, else 1 more than the index of its part in `areas`.
 */
export function parts(
  { width, height, data }: Mask,
  label = 1,
): { readonly data: Int32Array; readonly areas: readonly number[] } {
  const own = data.map((value) => Number(value === label));
  const { count, data: numbers } = components({ width, height, data: own }, 8);
  const areas = new Array<number>(count).fill(0);
  for (const number of numbers) if (number > 0) areas[number - 1]++;
  const order = Array.from(areas.keys()).sort((a, b) => areas[b] - areas[a] || a - b);
  const ranks = new Int32Array(count + 1);
  order.forEach((part, rank) => {
    ranks[part + 1] = rank + 1;
  });
  return { data: numbers.map((number) => ranks[number]), areas: order.map((part) => areas[part]) };
}
