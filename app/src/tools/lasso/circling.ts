import type { Lasso, PixelPoint, Size } from "maskwise";
import { withinPicture } from "../../stage/frame.ts";
import type { ToolState } from "../tool.ts";

/** Corners closer than this add nothing to see, in picture pixels. */
const SPACING = 1.5;

/** An outline around less than this is a slip of the hand, in picture pixels. */
const LEAST_AREA = 4;

/** The outline follows the pointer; letting go closes it and says it, unless there is nothing inside. */
export function circling(lasso: Lasso, ready: ToolState): ToolState {
  const state: ToolState = {
    cursor: "crosshair",
    preview: lasso,
    press: () => ({ state }),
    move: ({ at }, { picture }) => ({ state: circling(longer(lasso, at, picture), ready) }),
    release: () =>
      areaOf(lasso) < LEAST_AREA
        ? { state: ready }
        : { state: ready, action: { kind: "say", prompt: lasso } },
    cancel: () => ready,
  };
  return state;
}

function longer(lasso: Lasso, at: PixelPoint, picture: Size): Lasso {
  const next = withinPicture(at, picture);
  const last = lasso.points.at(-1) ?? next;
  if (Math.hypot(next.x - last.x, next.y - last.y) < SPACING) return lasso;
  return { ...lasso, points: [...lasso.points, next] };
}

/** Of a closed outline, by the shoelace formula; parts that go around the other way count against it. */
function areaOf({ points }: Lasso): number {
  let twice = 0;
  points.forEach((point, i) => {
    const next = points[(i + 1) % points.length] ?? point;
    twice += point.x * next.y - next.x * point.y;
  });
  return Math.abs(twice) / 2;
}
