/**
 * An outline with holes as one ring, for formats that know no holes: a bridge of no width leads to
 * each hole and back, which by the even-odd rule changes no pixel.
 */

import type { Corner, Outline, Ring } from "../../image/outlines.ts";

/** One ring with the pixels of an outline. */
export function bridgedRing({ outer, holes }: Outline): Ring {
  return joined([outer, ...holes]);
}

/** One ring with the pixels of several parts that do not overlap. */
export function joinedParts(parts: readonly Outline[]): Ring {
  return joined(parts.flatMap(({ outer, holes }) => [outer, ...holes]));
}

/** From the first ring's first corner to each other ring, around it, and back. */
function joined([first, ...others]: readonly Ring[]): Ring {
  if (first === undefined || first.length === 0) return [];
  const ring: Corner[] = [...first];
  const start = first[0];
  for (const other of others) {
    if (other.length === 0) continue;
    // The way back goes over the same two corners, so that the bridge encloses nothing.
    ring.push(start, ...other, other[0]);
  }
  // Closed by the way from the last corner to the first one.
  return ring;
}
