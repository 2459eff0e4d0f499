import { BACKGROUND } from "maskwise";
import type { ToolState } from "../tool.ts";
import { drawing } from "./drawing.ts";
import { pulling } from "./pulling.ts";
import { cornerAt, withoutVertex } from "./rings.ts";

/**
 * Waiting. A press on a vertex takes hold of it, one on an edge puts a vertex there; a right press
 * on a vertex takes it away. Anywhere else a new ring begins, with the right button one to cut out.
 */
export const polygonReady: ToolState = {
  cursor: "crosshair",
  press: ({ at, on, button }, { label, polygon, gripUnder, picture }) => {
    if (label === BACKGROUND) return { state: polygonReady, action: { kind: "choose an object" } };
    const grip = gripUnder(on);
    if (!grip) {
      const corner = cornerAt(at, picture);
      return { state: drawing([corner], corner, button === "right", true, polygonReady) };
    }
    if (button === "right") {
      if (grip.kind === "edge") return { state: polygonReady };
      const outlines = withoutVertex(polygon, grip);
      const edit = { kind: "polygons", outlines, says: label } as const;
      return { state: polygonReady, action: { kind: "edit", edit } };
    }
    return { state: pulling(polygon, grip, undefined, polygonReady) };
  },
  move: () => ({ state: polygonReady }),
  release: () => ({ state: polygonReady }),
  cancel: () => polygonReady,
};
