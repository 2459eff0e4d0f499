import { type HandEdit, type PixelPoint, pixel, type Size, type Stroke } from "maskwise";
import { withinPicture } from "../../stage/frame.ts";
import type { ToolState } from "../tool.ts";

export type BrushEdit = Extract<HandEdit, { kind: "brush" }>;

/** Points closer than this share of the brush add nothing to see. */
const SPACING = 0.2;

/** Points are kept to this part of a pixel: finer is no difference, and takes room. */
const GRAIN = 10;

/**
 * The brush follows the pointer, with Shift along a straight line from where Shift was pressed;
 * letting go makes the edit.
 *
 * @param anchor Where a straight line begins.
 * @param ready  The state after it, by where the stroke ended; after a cancel it ended nowhere.
 */
export function painting(
  edit: BrushEdit,
  anchor: PixelPoint,
  ready: (end?: PixelPoint) => ToolState,
): ToolState {
  const { stroke } = edit;
  const state: ToolState = {
    cursor: "none",
    preview: stroke,
    unfinished: edit,
    press: () => ({ state }),
    move: ({ at, shift }, { picture }) => {
      const here = withinPicture(at, picture);
      if (shift) {
        const fixed = stroke.points.slice(0, stroke.points.indexOf(anchor) + 1);
        return { state: painting(through(edit, [...fixed, here]), anchor, ready) };
      }
      const longer = nextPoint(stroke, here);
      if (longer === undefined) return { state };
      return { state: painting(through(edit, [...stroke.points, longer]), longer, ready) };
    },
    release: (_, { picture }) => ({
      state: ready(stroke.points.at(-1)),
      action: {
        kind: "edit",
        edit: through(
          edit,
          stroke.points.map((at) => grained(at, picture)),
        ),
      },
    }),
    cancel: () => ready(),
  };
  return state;
}

function through(edit: BrushEdit, points: readonly PixelPoint[]): BrushEdit {
  return { ...edit, stroke: { ...edit.stroke, points } };
}

function nextPoint({ points, width }: Stroke, here: PixelPoint): PixelPoint | undefined {
  const last = points.at(-1) ?? here;
  const step = Math.max(1, SPACING * width);
  return Math.hypot(here.x - last.x, here.y - last.y) < step ? undefined : here;
}

function grained({ x, y }: PixelPoint, picture: Size): PixelPoint {
  const rounded = (value: number): number => Math.round(value * GRAIN) / GRAIN;
  return withinPicture(pixel(rounded(x), rounded(y)), picture);
}
