import { BACKGROUND, type Corner, type HandEdit, maskOfOutlines, pixelSetOf } from "maskwise";
import type { Point } from "../../stage/frame.ts";
import type { Surroundings, ToolState } from "../tool.ts";
import { cornerAt } from "./rings.ts";

/** A press this near to the first vertex closes the ring, in CSS pixels. */
const CLOSING = 9;

/**
 * A ring, vertex by vertex: every press adds one; a press on the first, Enter (without a crosshair), or pressing twice at
 * one place closes the ring; Backspace takes the last vertex back.
 *
 * @param next     Where the next vertex would be.
 * @param isCut    Whether what is inside is taken from the object instead of added.
 * @param isPressed Whether the pointer is down: a vertex can be put right before it is let go.
 */
export function drawing(
  ring: readonly Corner[],
  next: Corner,
  isCut: boolean,
  isPressed: boolean,
  ready: ToolState,
): ToolState {
  const again = (more: readonly Corner[], at: Corner, pressed: boolean): ToolState =>
    drawing(more, at, isCut, pressed, ready);
  const close = (around: Surroundings) => {
    const edit = ring.length >= 3 ? editOf(ring, isCut, around) : undefined;
    return { state: ready, ...(edit && { action: { kind: "edit", edit } as const }) };
  };
  const state: ToolState = {
    cursor: "crosshair",
    ring: { corners: ring, next, isCut },
    press: ({ at, on }, around) => {
      if (ring.length >= 3 && isClosing(on, ring, around)) return close(around);
      const corner = cornerAt(at, around.picture);
      const last = ring.at(-1);
      if (last && last.x === corner.x && last.y === corner.y) return close(around);
      return { state: again([...ring, corner], corner, true) };
    },
    move: ({ at }, { picture }) => {
      const corner = cornerAt(at, picture);
      return { state: again(isPressed ? ring.with(-1, corner) : ring, corner, isPressed) };
    },
    release: () => ({ state: again(ring, next, false) }),
    key: (key, around) => {
      if (key === "Enter") return close(around);
      if (key !== "Backspace") return undefined;
      return { state: ring.length > 1 ? again(ring.slice(0, -1), next, false) : ready };
    },
    cancel: () => ready,
  };
  return state;
}

function isClosing(on: Point, ring: readonly Corner[], { onStage }: Surroundings): boolean {
  return ring.slice(0, 1).some((first) => {
    const { x, y } = onStage(first);
    return Math.hypot(x - on.x, y - on.y) <= CLOSING;
  });
}

/** What is inside, one more piece of the object or cut out of it; `undefined` where there is no pixel inside. */
function editOf(
  ring: readonly Corner[],
  isCut: boolean,
  { label, picture, polygon }: Surroundings,
): HandEdit | undefined {
  const piece = { outer: ring, holes: [] };
  const pixels = pixelSetOf(maskOfOutlines([piece], picture));
  if (!pixels) return undefined;
  return isCut
    ? { kind: "fill", pixels, says: BACKGROUND, only: label }
    : { kind: "polygons", outlines: [...polygon, piece], says: label };
}
