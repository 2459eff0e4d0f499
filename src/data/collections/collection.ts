/** Labelled pictures that are drawn at random: any of them can be read at any time, and again. */

import type { Truth } from "../../clicks/truth.ts";
import type { Picture } from "../../image/pixels.ts";

/** A picture and what is labelled in it. */
export interface Labelled {
  readonly picture: Picture;
  /** Of the picture's size: 0 background, `IGNORE` undecided, every other number a thing. */
  readonly labels: Truth;
}

/** Pictures of one origin. */
export interface Collection {
  readonly name: string;
  /** Names of its pictures (of its objects, where these are read one by one), no two alike. */
  readonly ids: readonly string[];
  /** Of each of them, what it shares with others of the same picture or film. */
  readonly pictures: readonly string[];
  /**
   * The picture at a place in `ids`.
   *
   * @throws {FormatError} Rejects when something is missing or damaged.
   */
  load(index: number): Promise<Labelled>;
}

/** What a collection has of some pictures, under its name. */
export function someOf(collection: Collection, isWanted: (picture: string) => boolean): Collection {
  const places = collection.pictures.flatMap((one, index) => (isWanted(one) ? [index] : []));
  return {
    name: collection.name,
    ids: places.map((index) => collection.ids[index]),
    pictures: places.map((index) => collection.pictures[index]),
    load: (index) => collection.load(places[index]),
  };
}
