import { type PixelPoint, type Prompt, pixel, type Size } from "maskwise";
import { nearestPixel, withinPicture } from "../../stage/frame.ts";
import type { ToolState } from "../tool.ts";

/** A prompt that is held by its handle. */
export interface Held {
  readonly id: string;
  /** As it was said. */
  readonly prompt: Prompt;
  /** Where it was taken hold of. */
  readonly from: PixelPoint;
}

/** The prompt follows the pointer; letting go says it where it is then. */
export function dragging(held: Held, prompt: Prompt, ready: ToolState): ToolState {
  const state: ToolState = {
    cursor: "grabbing",
    preview: prompt,
    moving: held.id,
    press: () => ({ state }),
    move: ({ at }, { picture }) => ({
      state: dragging(held, movedTo(held, at, picture), ready),
    }),
    release: () => ({
      state: ready,
      ...(prompt !== held.prompt && { action: { kind: "say instead", id: held.id, prompt } }),
    }),
    cancel: () => ready,
  };
  return state;
}

/** A click goes to the pointer, a box by the corner with the handle, strokes and lassos as a whole. */
export function movedTo({ prompt, from }: Held, at: PixelPoint, picture: Size): Prompt {
  switch (prompt.kind) {
    case "click":
      return { ...prompt, at: nearestPixel(at, picture) };
    case "box": {
      const corner = nearestPixel(at, picture);
      const isFlat = corner.x === prompt.to.x || corner.y === prompt.to.y;
      return isFlat ? prompt : { ...prompt, from: corner };
    }
    case "stroke":
    case "lasso":
      return { ...prompt, points: shifted(prompt.points, at.x - from.x, at.y - from.y, picture) };
    default:
      return prompt satisfies never;
  }
}

/** As far as all of it stays in the picture. */
function shifted(
  points: readonly PixelPoint[],
  dx: number,
  dy: number,
  picture: Size,
): readonly PixelPoint[] {
  const room = (places: readonly number[], by: number, end: number): number =>
    Math.min(end - Math.max(...places), Math.max(-Math.min(...places), by));
  const x = room(
    points.map((point) => point.x),
    dx,
    picture.width - 1,
  );
  const y = room(
    points.map((point) => point.y),
    dy,
    picture.height - 1,
  );
  return points.map((point) => withinPicture(pixel(point.x + x, point.y + y), picture));
}
