/** Pictures and masks that belong together by their names. */

import { FormatError } from "../formats/formatError.ts";

/** A mask and its picture, each as a file's name; one of them may be missing. */
export interface Pair {
  /** The mask's name without ending, or the picture's where there is no mask. */
  readonly id: string;
  readonly picture?: string;
  readonly mask?: string;
}

/** Endings of files that hold pixels. */
const PIXELS = /\.(?:jpe?g|png|webp|bmp|tiff?|gif|avif)$/i;

/** Whether a file's name is one of a picture or a mask. */
export function isPixels(name: string): boolean {
  return PIXELS.test(name) && !name.startsWith(".");
}

/**
 * A mask belongs to the picture whose name it has, or whose name it begins with before a sign:
 * `cat.png`, `cat_2.png` and `cat.labels.png` are masks of `cat.jpg`. The longest such name counts.
 *
 * @returns In the order of the pictures, then of the masks; masks without a picture come last.
 * @throws {FormatError} Two pictures of one name.
 */
export function pairsByName(
  pictures: readonly string[],
  masks: readonly string[],
): readonly Pair[] {
  const byName = new Map<string, string>();
  for (const picture of pictures.filter(isPixels)) {
    const name = nameOf(picture);
    const other = byName.get(name);
    if (other !== undefined) {
      throw new FormatError(
        `expected pictures of different names, got ${other} and ${picture}. Rename one of them, and its mask.`,
      );
    }
    byName.set(name, picture);
  }
  const masksOf = new Map<string | undefined, string[]>();
  for (const mask of masks.filter(isPixels)) {
    const owner = ownerOf(nameOf(mask), byName);
    const own = masksOf.get(owner);
    if (own === undefined) masksOf.set(owner, [mask]);
    else own.push(mask);
  }
  const pairs = [...byName].flatMap(([name, picture]): readonly Pair[] => {
    const own = masksOf.get(name);
    if (own === undefined) return [{ id: name, picture }];
    return own.map((mask) => ({ id: nameOf(mask), picture, mask }));
  });
  const lonely = (masksOf.get(undefined) ?? []).map((mask) => ({ id: nameOf(mask), mask }));
  return [...pairs, ...lonely];
}

/** A file's name without its ending. */
function nameOf(file: string): string {
  return file.replace(/\.[^.]*$/, "");
}

/** The longest beginning of a mask's name that is a picture's. */
function ownerOf(mask: string, pictures: ReadonlyMap<string, string>): string | undefined {
  for (let name = mask; ; ) {
    if (pictures.has(name)) return name;
    const sign = name.search(/[^\p{L}\p{N}][\p{L}\p{N}]*$/u);
    if (sign <= 0) return undefined;
    name = name.slice(0, sign);
  }
}
