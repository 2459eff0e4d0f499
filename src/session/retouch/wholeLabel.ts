/** Edits of a whole label, done in the part of the mask where the label is. */

import { cropMask } from "../../image/crop.ts";
import { dropIslands } from "../../image/dropIslands.ts";
import { fillHoles } from "../../image/fillHoles.ts";
import { grow } from "../../image/grow.ts";
import { boundingBox } from "../../image/maskExtent.ts";
import type { Mask } from "../../image/pixels.ts";
import type { Rectangle } from "../../image/rectangle.ts";
import { smooth } from "../../image/smooth.ts";
import type { PlacedEdit } from "./footprint.ts";
import type { HandEdit } from "./handEdit.ts";

export type WholeLabelEdit = Exclude<HandEdit, PlacedEdit>;

/** A part of an image, changed. */
export interface Changed {
  readonly part: Rectangle;
  readonly mask: Mask;
}

/**
 * What becomes of the part of a mask that an edit reaches; `undefined` where the label is nowhere.
 *
 * @param index  Of the edit's label in the mask.
 * @param pinned Pixels that were clicked or drawn on, with the index of the label they said.
 */
export function wholeLabelEdited(
  edit: WholeLabelEdit,
  mask: Mask,
  index: number,
  pinned: Iterable<readonly [at: number, label: number]>,
): Changed | undefined {
  const box = boundingBox(mask, index);
  if (box === undefined) return undefined;
  const part = enlarged(box, reachOf(edit), mask);
  const here = cropMask(mask, part);
  const pins = (isOwn: boolean) => pinsWithin(pinned, isOwn, index, mask.width, part);
  switch (edit.kind) {
    case "fill holes":
      return { part, mask: fillHoles(here, index, pins(false)) };
    case "drop islands":
      return { part, mask: dropIslands(here, index, pins(true)) };
    case "smooth":
      return { part, mask: smooth(here, edit.sigma, index) };
    case "grow":
      return { part, mask: grow(here, edit.by, index) };
    default:
      return edit satisfies never;
  }
}

/** How far beyond the label an edit looks or reaches: the rest of the image is nothing to it. */
function reachOf(edit: WholeLabelEdit): number {
  switch (edit.kind) {
    case "smooth":
      return Math.ceil(3 * edit.sigma) + 1;
    case "grow":
      return Math.ceil(Math.max(0, edit.by)) + 1;
    default:
      return 1;
  }
}

function enlarged(
  { left, top, width, height }: Rectangle,
  by: number,
  size: Pick<Mask, "width" | "height">,
): Rectangle {
  const [x, y] = [Math.max(0, left - by), Math.max(0, top - by)];
  return {
    left: x,
    top: y,
    width: Math.min(size.width, left + width + by) - x,
    height: Math.min(size.height, top + height + by) - y,
  };
}

/** The pinned pixels of a label, or of all others, by their index in a part of the image. */
function* pinsWithin(
  pinned: Iterable<readonly [at: number, label: number]>,
  isOwn: boolean,
  index: number,
  wide: number,
  { left, top, width, height }: Rectangle,
): Generator<number> {
  for (const [at, label] of pinned) {
    if ((label === index) !== isOwn) continue;
    const x = (at % wide) - left;
    const y = Math.floor(at / wide) - top;
    if (x >= 0 && y >= 0 && x < width && y < height) yield y * width + x;
  }
}
