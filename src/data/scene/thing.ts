/** What a thing in a scene is made of, in its own frame: the origin its middle, 1 its reach. */

import type { Light } from "./colour.ts";
import type { Distance } from "./shapes.ts";

interface Surface {
  readonly colour: Light;
  /** How much of the light it mirrors, 0 dull to 1. */
  readonly gloss: number;
}

export interface Thing {
  readonly distance: Distance;
  /** How far from its rim the thing is still rounded; 1 for a ball, less for what is flat on top. */
  readonly bevel: number;
  /** The surface at a place inside. */
  surface(x: number, y: number): Surface;
  /** Height of the surface's fine structure. */
  relief?(x: number, y: number): number;
}

/** Make one of a kind; whatever may differ between two of them is drawn from `random`. */
export type Kind = (random: () => number) => Thing;

/** One of several. */
export function pick<Item>(random: () => number, items: readonly Item[]): Item {
  return items[Math.floor(random() * items.length)];
}

/** A whole seed for noise. */
export function newSeed(random: () => number): number {
  return Math.floor(random() * 2 ** 30);
}
