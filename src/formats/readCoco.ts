/** COCO JSON, back to a mask. */

import { maskOfOutlines } from "../image/maskOfOutlines.ts";
import type { Mask, Size } from "../image/pixels.ts";
import { runLengthCounts } from "../image/runLengthString.ts";
import { maskOfRunLengths } from "../image/runLengths.ts";
import { FormatError } from "./formatError.ts";
import {
  at,
  type Field,
  listAt,
  numberAt,
  parseJson,
  textAt,
  wholeAt,
  wrong,
} from "./jsonFields.ts";
import type { NamedMask } from "./namedMask.ts";

/** A mask value is a byte, and 0 is the background. */
const MAX_CATEGORIES = 255;
/** Larger pictures are refused before a mask is made for them. */
const MAX_PIXELS = 200e6;

export interface ReadCocoOptions {
  /** File name of the picture whose mask is wanted, where the file has several. */
  readonly picture?: string;
}

/**
 * Read the mask of one picture from COCO JSON.
 *
 * Categories become labels in the order they are listed, after the background; of annotations
 * that overlap the later one wins. A polygon holds the pixels whose centres lie in it.
 *
 * @throws {FormatError} Not COCO JSON, a value that is not what COCO says, more than 255
 *   categories, or no such picture.
 */
export function readCoco(bytes: Uint8Array, { picture }: ReadCocoOptions = {}): NamedMask {
  const document = parseJson("readCoco", bytes);
  const { id, size } = chosenImage(at(document, "images"), picture);
  const categories = categoriesOf(at(document, "categories"));
  const values = new Map(categories.map((category, index) => [category.id, index + 1]));
  const data = new Uint8Array(size.width * size.height);
  for (const annotation of listAt(at(document, "annotations"))) {
    if (at(annotation, "image_id").value !== id) continue;
    const category = at(annotation, "category_id");
    const value = values.get(wholeAt(category, 0));
    if (value === undefined) throw wrong(category, "the id of a category");
    paint(data, size, at(annotation, "segmentation"), value);
  }
  return {
    mask: { ...size, data },
    labels: ["background", ...categories.map(({ name }) => name)],
  };
}

function chosenImage(images: Field, picture: string | undefined): { id: number; size: Size } {
  const all = listAt(images);
  const chosen =
    all.length === 1 ? all : all.filter((image) => at(image, "file_name").value === picture);
  if (chosen.length !== 1) {
    const wanted = picture === undefined ? "one picture" : `one picture, or one named "${picture}"`;
    throw new FormatError(`images: expected ${wanted}, got ${all.length}. Leave one in the file.`);
  }
  const [image] = chosen;
  const size = { width: wholeAt(at(image, "width"), 1), height: wholeAt(at(image, "height"), 1) };
  if (size.width * size.height > MAX_PIXELS) {
    throw wrong(at(image, "width"), `at most ${MAX_PIXELS / 1e6} million pixels in all`);
  }
  return { id: wholeAt(at(image, "id"), 0), size };
}

function categoriesOf(categories: Field): readonly { id: number; name: string }[] {
  const all = listAt(categories);
  if (all.length > MAX_CATEGORIES) {
    throw new FormatError(
      `categories: expected at most ${MAX_CATEGORIES}, which a mask can tell apart, got ${all.length}. Remove those that are not used.`,
    );
  }
  return all.map((category) => ({
    id: wholeAt(at(category, "id"), 0),
    name: textAt(at(category, "name")),
  }));
}

/** Give a value to the pixels of one annotation, over what is there. */
function paint(data: Uint8Array, size: Size, segmentation: Field, value: number): void {
  const painted = Array.isArray(segmentation.value)
    ? fromPolygons(segmentation, size, value)
    : fromRuns(segmentation, size, value);
  for (let i = 0; i < data.length; i++) if (painted.data[i] !== 0) data[i] = value;
}

function fromRuns(segmentation: Field, { width, height }: Size, value: number): Mask {
  const sides = at(segmentation, "size");
  const [rows, columns] = listAt(sides).map((side) => wholeAt(side, 1));
  if (rows !== height || columns !== width) {
    throw wrong(sides, `[${height}, ${width}], as the picture has it`);
  }
  const written = at(segmentation, "counts");
  try {
    const counts =
      typeof written.value === "string"
        ? runLengthCounts(written.value)
        : listAt(written).map((run) => wholeAt(run, 0));
    return maskOfRunLengths({ width, height, counts }, value);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new FormatError(`${written.path}: ${cause.message}`, { cause });
  }
}

function fromPolygons(segmentation: Field, size: Size, value: number): Mask {
  const parts = listAt(segmentation).map((polygon) => {
    const numbers = listAt(polygon).map(numberAt);
    if (numbers.length % 2 === 1) throw wrong(polygon, "x and y in turn");
    const outer = Array.from({ length: numbers.length / 2 }, (_, i) => ({
      unit: "corner" as const,
      x: numbers[2 * i],
      y: numbers[2 * i + 1],
    }));
    return { outer, holes: [] };
  });
  return maskOfOutlines(parts, size, value);
}
