import { pixelAt } from "../../stage/frame.ts";
import { panning } from "../pan/panning.ts";
import {
  type Action,
  hasMoved,
  labelSaid,
  type Pointer,
  type Surroundings,
  type ToolState,
} from "../tool.ts";

/** Pressed: let go here and it is a click, move away and the picture is dragged. */
export function pressing(from: Pointer, ready: ToolState): ToolState {
  const state: ToolState = {
    cursor: "crosshair",
    press: () => ({ state }),
    move: ({ on }) => ({ state: hasMoved(from.on, on) ? panning(on, ready) : state }),
    release: (_, around) => {
      const action = clicked(from, around);
      return { state: ready, ...(action && { action }) };
    },
    cancel: () => ready,
  };
  return state;
}

/** On a prompt's handle it takes that prompt back; elsewhere in the picture it says a label. */
function clicked(from: Pointer, around: Surroundings): Action | undefined {
  const id = around.promptUnder(from.on);
  if (id !== undefined) return { kind: "take back", id };
  const at = pixelAt(from.at, around.picture);
  return at && { kind: "say", prompt: { kind: "click", at, says: labelSaid(from, around) } };
}
