import type { ToolState } from "../tool.ts";
import { pressing } from "./pressing.ts";

/** Waiting for a press. */
export const clickReady: ToolState = {
  cursor: "crosshair",
  press: (pointer) => ({ state: pressing(pointer, clickReady) }),
  move: () => ({ state: clickReady }),
  release: () => ({ state: clickReady }),
  cancel: () => clickReady,
};
