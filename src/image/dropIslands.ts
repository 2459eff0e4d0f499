/** Leave a label its largest part. */

import { parts } from "./parts.ts";
import type { Mask } from "./pixels.ts";

/**
 * A label without its parts but the largest, and those that are to be kept; they become background.
 *
 * @param keep Indices of pixels: a part that has one of them stays. @default none
 */
export function dropIslands(mask: Mask, label = 1, keep: Iterable<number> = []): Mask {
  const { data, areas } = parts(mask, label);
  const stays = new Uint8Array(areas.length + 1);
  stays[1] = 1;
  for (const at of keep) stays[data[at]] = 1;
  return {
    ...mask,
    data: mask.data.map((value, at) => (data[at] > 0 && stays[data[at]] === 0 ? 0 : value)),
  };
}
