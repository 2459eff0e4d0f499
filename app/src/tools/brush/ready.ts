import { BACKGROUND, type PixelPoint } from "maskwise";
import { withinPicture } from "../../stage/frame.ts";
import type { ToolState } from "../tool.ts";
import { type BrushEdit, painting } from "./painting.ts";

/** What the left button does; the right one does the other. */
type BrushKind = "paint" | "erase";

/**
 * Waiting to paint. With Shift, a press joins where the last stroke ended by a straight line.
 *
 * @param end Where the last stroke ended.
 */
function brushReady(kind: BrushKind, end?: PixelPoint): ToolState {
  const state: ToolState = {
    cursor: "none",
    press: ({ at, button, shift }, { label, brush, hardness, picture }) => {
      const isErasing = (kind === "erase") !== (button === "right");
      const here = withinPicture(at, picture);
      const from = shift && end ? end : here;
      const stroke = {
        kind: "stroke",
        points: from === here ? [here] : [from, here],
        width: brush,
        says: isErasing ? BACKGROUND : label,
      } as const;
      // An eraser takes from the selected object; with the background selected, from all of them.
      const only = isErasing && label !== BACKGROUND ? { only: label } : {};
      const edit: BrushEdit = { kind: "brush", stroke, hardness, ...only };
      return {
        state: painting(edit, from, (end) => (end ? brushReady(kind, end) : firstReady[kind])),
      };
    },
    move: () => ({ state }),
    release: () => ({ state }),
    cancel: () => firstReady[kind],
  };
  return state;
}

const firstReady: Readonly<Record<BrushKind, ToolState>> = {
  paint: brushReady("paint"),
  erase: brushReady("erase"),
};

export const paintReady: ToolState = firstReady.paint;
export const eraseReady: ToolState = firstReady.erase;
