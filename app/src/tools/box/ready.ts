import { BACKGROUND } from "maskwise";
import { nearestPixel } from "../../stage/frame.ts";
import { pressing } from "../click/pressing.ts";
import type { ToolState } from "../tool.ts";
import { stretching } from "./stretching.ts";

/** Waiting for the first corner. A press on a handle is a click: it takes that prompt back. */
export const boxReady: ToolState = {
  cursor: "crosshair",
  press: (pointer, around) => {
    if (around.promptUnder(pointer.on) !== undefined) {
      return { state: pressing(pointer, boxReady) };
    }
    if (around.label === BACKGROUND) {
      return { state: boxReady, action: { kind: "choose an object" } };
    }
    const from = nearestPixel(pointer.at, around.picture);
    return { state: stretching({ kind: "box", from, to: from, says: around.label }, boxReady) };
  },
  move: () => ({ state: boxReady }),
  release: () => ({ state: boxReady }),
  cancel: () => boxReady,
};
