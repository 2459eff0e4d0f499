/** The pixels that an edit decides whatever the model says. */

import { brush, type Footprint } from "../../clicks/brush.ts";
import { maskOfOutlines } from "../../image/maskOfOutlines.ts";
import type { Outline } from "../../image/outlines.ts";
import { pixelsOfSet } from "../../image/pixelSet.ts";
import type { Size } from "../../image/pixels.ts";
import type { HandEdit } from "./handEdit.ts";

/** Edits of given pixels, in contrast to those of a whole label. */
export type PlacedEdit = Extract<HandEdit, { kind: "brush" | "fill" | "polygons" }>;

export function isPlaced(edit: HandEdit): edit is PlacedEdit {
  return edit.kind === "brush" || edit.kind === "fill" || edit.kind === "polygons";
}

/** The part of the image that an edit reaches, 1 where it gives its label; `undefined` where it reaches none. */
export function footprint(edit: PlacedEdit, size: Size): Footprint | undefined {
  switch (edit.kind) {
    case "brush": {
      const { stroke, hardness } = edit;
      return brush({ ...stroke, width: Math.max(1, stroke.width * hardness) }, size);
    }
    case "fill": {
      const { left, top } = edit.pixels;
      return { left, top, ...pixelsOfSet(edit.pixels) };
    }
    case "polygons":
      return inside(edit.outlines, size);
    default:
      return edit satisfies never;
  }
}

/** What outlines enclose, as far as it is in the image. */
function inside(outlines: readonly Outline[], { width, height }: Size): Footprint | undefined {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (const { outer } of outlines) {
    for (const { x, y } of outer) {
      left = Math.min(left, Math.max(0, Math.floor(x)));
      top = Math.min(top, Math.max(0, Math.floor(y)));
      right = Math.max(right, Math.min(width, Math.ceil(x)));
      bottom = Math.max(bottom, Math.min(height, Math.ceil(y)));
    }
  }
  if (left >= right || top >= bottom) return undefined;
  const moved = outlines.map(({ outer, holes }) => ({
    outer: shifted(outer, left, top),
    holes: holes.map((hole) => shifted(hole, left, top)),
  }));
  return { left, top, ...maskOfOutlines(moved, { width: right - left, height: bottom - top }) };
}

function shifted(ring: Outline["outer"], left: number, top: number): Outline["outer"] {
  return ring.map(({ x, y }) => ({ unit: "corner", x: x - left, y: y - top }));
}

/** Whether a footprint has a pixel of the image. */
export function has({ left, top, width, height, data }: Footprint, x: number, y: number): boolean {
  const [column, row] = [x - left, y - top];
  return (
    column >= 0 && row >= 0 && column < width && row < height && data[row * width + column] === 1
  );
}
