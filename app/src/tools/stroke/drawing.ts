import type { PixelPoint, Size, Stroke } from "maskwise";
import { withinPicture } from "../../stage/frame.ts";
import type { ToolState } from "../tool.ts";

/** Points closer than this share of the brush add nothing to see. */
const SPACING = 0.25;

/** The stroke follows the pointer along the picture; letting go says it. */
export function drawing(stroke: Stroke, ready: ToolState): ToolState {
  const state: ToolState = {
    cursor: "none",
    preview: stroke,
    press: () => ({ state }),
    move: ({ at }, { picture }) => ({ state: drawing(longer(stroke, at, picture), ready) }),
    release: () => ({ state: ready, action: { kind: "say", prompt: stroke } }),
    cancel: () => ready,
  };
  return state;
}

function longer(stroke: Stroke, at: PixelPoint, picture: Size): Stroke {
  const next = withinPicture(at, picture);
  const last = stroke.points.at(-1) ?? next;
  const step = Math.max(1, SPACING * stroke.width);
  if (Math.hypot(next.x - last.x, next.y - last.y) < step) return stroke;
  return { ...stroke, points: [...stroke.points, next] };
}
