/** Every thing of a map of labelled things as an item of its own; the others are its background. */

import { IGNORE, type Truth } from "../clicks/truth.ts";
import { FormatError } from "../formats/formatError.ts";
import type { Picture } from "../image/pixels.ts";
import { type Item, unreadable } from "./dataSet.ts";
import { truthOfLabel } from "./maskConventions.ts";

/**
 * @param labels  0 background, `IGNORE` undecided, all other numbers things.
 * @param picture Called once for all things, when the first of them is loaded.
 * @returns       In the order of their numbers, named `id#number`.
 */
export function* labelledItems(
  id: string,
  labels: Truth,
  picture: () => Promise<Picture>,
): Generator<Item> {
  const things = [...new Set(labels.data)].filter((value) => value !== 0 && value !== IGNORE);
  if (things.length === 0) {
    yield unreadable(id, new FormatError("expected an object in the mask, got none."));
  }
  let decoded: Promise<Picture> | undefined;
  const shared = () => {
    decoded ??= picture();
    return decoded;
  };
  for (const thing of things.sort((a, b) => a - b)) {
    yield {
      id: `${id}#${thing}`,
      picture: id,
      load: async () => ({ picture: await shared(), truth: truthOfLabel(labels, thing) }),
    };
  }
}
