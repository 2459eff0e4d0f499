import { pixelAt, withinPicture } from "../../stage/frame.ts";
import { pressing } from "../click/pressing.ts";
import { labelSaid, type ToolState } from "../tool.ts";
import { drawing } from "./drawing.ts";

/** Waiting to draw. A press on a handle is a click: it takes that prompt back. */
export const strokeReady: ToolState = {
  cursor: "none",
  press: (pointer, around) => {
    if (around.promptUnder(pointer.on) !== undefined) {
      return { state: pressing(pointer, strokeReady) };
    }
    if (!pixelAt(pointer.at, around.picture)) return { state: strokeReady };
    const stroke = {
      kind: "stroke",
      points: [withinPicture(pointer.at, around.picture)],
      width: around.brush,
      says: labelSaid(pointer, around),
    } as const;
    return { state: drawing(stroke, strokeReady) };
  },
  move: () => ({ state: strokeReady }),
  release: () => ({ state: strokeReady }),
  cancel: () => strokeReady,
};
