/** COCO JSON, back to a mask. */

import type { Size } from "../image/pixels.ts";
import { cocoSize, maskOfSegmentation } from "./cocoSegmentation.ts";
import { FormatError } from "./formatError.ts";
import { at, type Field, listAt, parseJson, textAt, wholeAt, wrong } from "./jsonFields.ts";
import type { NamedMask } from "./namedMask.ts";

/** A mask value is a byte, and 0 is the background. */
const MAX_CATEGORIES = 255;

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
  return { id: wholeAt(at(image, "id"), 0), size: cocoSize(image) };
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
  const painted = maskOfSegmentation(segmentation, size);
  for (let i = 0; i < data.length; i++) if (painted.data[i] !== 0) data[i] = value;
}
