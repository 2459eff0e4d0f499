/** A region as one ring, for formats whose polygons are neither holed nor in parts. */

import type { Ring } from "../../image/outlines.ts";
import type { Region } from "./annotations.ts";
import { joinedParts } from "./bridgedRing.ts";
import { outlinesOf } from "./region.ts";

/** @returns `undefined` where it has no pixels to go around. */
export function oneRing(region: Region, tolerance = 0): Ring | undefined {
  const ring = joinedParts(outlinesOf(region, tolerance));
  return ring.length >= 3 ? ring : undefined;
}
