/** From a recipe's weights to collections: those to train on, and what is held out of each. */

import { type Collection, someOf } from "../../data/collections/collection.ts";
import type { Source } from "../../data/collections/drawObject.ts";
import { heldOutRank } from "../../data/collections/heldOut.ts";
import { FormatError } from "../../formats/formatError.ts";
import type { Recipe } from "./recipe.ts";

export interface Split {
  /** To train on. */
  readonly train: readonly Source[];
  /** Never trained on; empty where nothing is held out. */
  readonly heldOut: readonly Source[];
}

/**
 * The collections that a recipe draws from. A source `NAME` is all sets of that data, drawn as if
 * they were one; `NAME/SET` is one of its sets. Where a share is to be held out, one of
 * two pictures is, and one is not.
 *
 * @param data The collections of each data set that was given, by its name.
 * @throws {FormatError} A source was not given, has no pictures, or what was given is in no source.
 */
export function sourcesOf(
  recipe: Pick<Recipe, "sources" | "heldOut">,
  data: Readonly<Record<string, readonly Collection[]>>,
): Split {
  const weighted = Object.entries(recipe.sources).filter(([, weight]) => Number(weight) > 0);
  const names = weighted.map(([source]) => source.split("/", 1)[0]);
  const idle = Object.keys(data).find((name) => !names.includes(name));
  if (idle !== undefined) {
    throw new FormatError(
      `sources: expected every data set to be in the recipe's sources (${names.join(", ")}), got "${idle}". Add it to the recipe, or leave it out.`,
    );
  }
  const sources = weighted.flatMap(([source, weight]) => shared(source, Number(weight), data));
  const isHeldOut = heldOutOf(sources, recipe.heldOut);
  const side = (isHeld: boolean): readonly Source[] =>
    sources.flatMap(({ collection, weight }) => {
      const own = someOf(collection, (picture) => isHeldOut(picture) === isHeld);
      return own.ids.length === 0 ? [] : [{ collection: own, weight }];
    });
  const train = side(false);
  if (train.length === 0) {
    throw new FormatError(
      `sources: expected pictures to train on, got none: all are held out. Hold out less than ${recipe.heldOut}.`,
    );
  }
  return { train, heldOut: side(true) };
}

/** Which pictures are held out: those below the share; of several the lowest, and never the highest. */
function heldOutOf(sources: readonly Source[], share: number): (picture: string) => boolean {
  if (share === 0 || share === 1) return () => share === 1;
  let [lowest, highest] = [1, 0];
  for (const picture of sources.flatMap(({ collection }) => collection.pictures)) {
    lowest = Math.min(lowest, heldOutRank(picture));
    highest = Math.max(highest, heldOutRank(picture));
  }
  return (picture) => {
    const rank = heldOutRank(picture);
    return rank < highest && (rank < share || rank === lowest);
  };
}

/** One source's collections, its weight shared by how many pictures each has. */
function shared(
  source: string,
  weight: number,
  data: Readonly<Record<string, readonly Collection[]>>,
): readonly Source[] {
  const slash = source.indexOf("/");
  const name = slash === -1 ? source : source.slice(0, slash);
  if (!Object.hasOwn(data, name)) {
    throw new FormatError(
      `sources: expected data for "${source}", got ${Object.keys(data).join(", ") || "none"}. Say where it is: --data ${name}=PATH.`,
    );
  }
  const set = slash === -1 ? undefined : source.slice(slash + 1);
  const own = data[name].filter((one) => set === undefined || one.name === set);
  const count = own.reduce((sum, { ids }) => sum + ids.length, 0);
  if (count === 0) {
    const there = data[name].map((one) => `${name}/${one.name} (${one.ids.length} pictures)`);
    throw new FormatError(
      `sources: expected pictures in "${source}", got none. There is ${there.join(", ") || "no set at all"}.`,
    );
  }
  return own.map((collection) => ({
    collection,
    weight: (weight * collection.ids.length) / count,
  }));
}
