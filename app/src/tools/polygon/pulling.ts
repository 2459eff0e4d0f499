import type { Corner, Outline } from "maskwise";
import type { ToolState } from "../tool.ts";
import { cornerAt, type Grip, withVertexAt } from "./rings.ts";

/**
 * A vertex follows the pointer; letting go makes the edit.
 *
 * @param corner Where it is by now; `undefined` before it was moved.
 */
export function pulling(
  polygon: readonly Outline[],
  grip: Grip,
  corner: Corner | undefined,
  ready: ToolState,
): ToolState {
  const outlines = corner && withVertexAt(polygon, grip, corner);
  const state: ToolState = {
    cursor: "grabbing",
    polygon: outlines ?? polygon,
    press: () => ({ state }),
    move: ({ at }, { picture }) => ({
      state: pulling(polygon, grip, cornerAt(at, picture), ready),
    }),
    release: (_, { label }) => ({
      state: ready,
      ...(outlines && {
        action: { kind: "edit", edit: { kind: "polygons", outlines, says: label } },
      }),
    }),
    cancel: () => ready,
  };
  return state;
}
