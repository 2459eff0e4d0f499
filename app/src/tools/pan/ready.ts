import type { ToolState } from "../tool.ts";
import { panning } from "./panning.ts";

/** The hand: press and drag moves the picture. */
export const handReady: ToolState = {
  cursor: "grab",
  press: ({ on }) => ({ state: panning(on, handReady) }),
  move: () => ({ state: handReady }),
  release: () => ({ state: handReady }),
  cancel: () => handReady,
};
