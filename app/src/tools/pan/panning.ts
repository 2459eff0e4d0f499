import type { Point } from "../../stage/frame.ts";
import type { ToolState } from "../tool.ts";

/** The picture follows the pointer, until it is let go. */
export function panning(last: Point, after: ToolState): ToolState {
  const state: ToolState = {
    cursor: "grabbing",
    press: () => ({ state }),
    move: ({ on }) => ({
      state: panning(on, after),
      action: { kind: "pan", dx: on.x - last.x, dy: on.y - last.y },
    }),
    release: () => ({ state: after }),
    cancel: () => after,
  };
  return state;
}
