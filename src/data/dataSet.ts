/** What an evaluation goes through: sets of objects that are read when their turn comes. */

import type { Truth } from "../clicks/truth.ts";
import type { Picture } from "../image/pixels.ts";

/** A picture and what is right about one object in it. */
export interface Annotated {
  readonly picture: Picture;
  readonly truth: Truth;
}

/** One object of a set. */
export interface Item {
  /** Its name, unlike all others in its set. */
  readonly id: string;
  /** What it shares with other items of the same picture or film. @default its id */
  readonly picture?: string;
  /**
   * Reads picture and truth, which may still differ in size. Rejects where something is missing or
   * damaged, and with `LeftOut` where the set itself says that this is not one object.
   */
  load(): Promise<Annotated>;
}

/** A set whose items come one after another, so that its index need not fit into memory. */
export interface DataSet {
  readonly name: string;
  /** How many items there are, where that is known beforehand. */
  readonly count: number | undefined;
  items(): AsyncIterable<Item> | Iterable<Item>;
}

/** Not a fault: the set marks it as something else than one object, such as a crowd. */
export class LeftOut extends Error {
  override readonly name = "LeftOut";
}

/** An item that cannot be read, so that it is counted and told, and those after it are read. */
export function unreadable(id: string, error: unknown): Item {
  return { id, load: () => Promise.reject(error) };
}
