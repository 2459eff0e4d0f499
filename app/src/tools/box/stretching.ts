import type { Box } from "maskwise";
import { nearestPixel } from "../../stage/frame.ts";
import type { ToolState } from "../tool.ts";

/** The second corner follows the pointer; letting go says the box, unless it is a mere line. */
export function stretching(box: Box, ready: ToolState): ToolState {
  const state: ToolState = {
    cursor: "crosshair",
    preview: box,
    press: () => ({ state }),
    move: ({ at }, { picture }) => ({
      state: stretching({ ...box, to: nearestPixel(at, picture) }, ready),
    }),
    release: () =>
      isFlat(box) ? { state: ready } : { state: ready, action: { kind: "say", prompt: box } },
    cancel: () => ready,
  };
  return state;
}

function isFlat({ from, to }: Box): boolean {
  return from.x === to.x || from.y === to.y;
}
