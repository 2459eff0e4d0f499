import { pixelAt } from "../../stage/frame.ts";
import { dragging, movedTo } from "../move/dragging.ts";
import { panning } from "../pan/panning.ts";
import {
  type Action,
  hasMoved,
  labelSaid,
  type Pointer,
  type Surroundings,
  type ToolState,
} from "../tool.ts";

/** Pressed: let go here and it is a click, move away and what is under it is dragged: a prompt, or the picture. */
export function pressing(from: Pointer, ready: ToolState): ToolState {
  const state: ToolState = {
    cursor: "crosshair",
    press: () => ({ state }),
    move: (pointer, around) => ({
      state: hasMoved(from.on, pointer.on) ? dragged(from, pointer, around, ready) : state,
    }),
    release: (_, around) => {
      const action = clicked(from, around);
      return { state: ready, ...(action && { action }) };
    },
    cancel: () => ready,
  };
  return state;
}

/** By its handle a prompt is dragged; anywhere else it is the picture. */
function dragged(
  from: Pointer,
  pointer: Pointer,
  around: Surroundings,
  ready: ToolState,
): ToolState {
  const id = around.promptUnder(from.on);
  const prompt = id === undefined ? undefined : around.prompt(id);
  if (id === undefined || !prompt) return panning(pointer.on, ready);
  const held = { id, prompt, from: from.at };
  return dragging(held, movedTo(held, pointer.at, around.picture), ready);
}

/** On a prompt's handle it takes that prompt back; elsewhere in the picture it says a label. */
function clicked(from: Pointer, around: Surroundings): Action | undefined {
  const id = around.promptUnder(from.on);
  if (id !== undefined) return { kind: "take back", id };
  const at = pixelAt(from.at, around.picture);
  return at && { kind: "say", prompt: { kind: "click", at, says: labelSaid(from, around) } };
}
