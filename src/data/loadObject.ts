import { INSIDE } from "../clicks/truth.ts";
import { FormatError } from "../formats/formatError.ts";
import type { Annotated, Item } from "./dataSet.ts";

/**
 * Load an item, as something that can be annotated: the mask is of the picture's size and holds an
 * object.
 *
 * @throws {FormatError} It is not, or something is missing or damaged.
 * @throws {LeftOut} The set itself says that this is not one object.
 */
export async function loadObject(item: Item): Promise<Annotated> {
  const { picture, truth } = await item.load();
  if (picture.width !== truth.width || picture.height !== truth.height) {
    throw new FormatError(
      `expected a mask of the picture's size, ${picture.width}×${picture.height}, got ${truth.width}×${truth.height}.`,
    );
  }
  if (!truth.data.includes(INSIDE)) {
    throw new FormatError("expected an object in the mask, got none.");
  }
  return { picture, truth };
}
