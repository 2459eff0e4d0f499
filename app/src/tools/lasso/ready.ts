import { BACKGROUND } from "maskwise";
import { pixelAt, withinPicture } from "../../stage/frame.ts";
import { pressing } from "../click/pressing.ts";
import type { ToolState } from "../tool.ts";
import { circling } from "./circling.ts";

/** Waiting for the outline to begin. A press on a handle is a click: it takes that prompt back. */
export const lassoReady: ToolState = {
  cursor: "crosshair",
  press: (pointer, around) => {
    if (around.promptUnder(pointer.on) !== undefined) {
      return { state: pressing(pointer, lassoReady) };
    }
    if (!pixelAt(pointer.at, around.picture)) return { state: lassoReady };
    if (around.label === BACKGROUND) {
      return { state: lassoReady, action: { kind: "choose an object" } };
    }
    const points = [withinPicture(pointer.at, around.picture)];
    return { state: circling({ kind: "lasso", points, says: around.label }, lassoReady) };
  },
  move: () => ({ state: lassoReady }),
  release: () => ({ state: lassoReady }),
  cancel: () => lassoReady,
};
