/** All tools by name, each by the state it starts in. */

import { boxReady } from "./box/ready.ts";
import { eraseReady, paintReady } from "./brush/ready.ts";
import { clickReady } from "./click/ready.ts";
import { lassoReady } from "./lasso/ready.ts";
import { handReady } from "./pan/ready.ts";
import { polygonReady } from "./polygon/ready.ts";
import { strokeReady } from "./stroke/ready.ts";
import type { ToolState } from "./tool.ts";

export type ToolName =
  | "click"
  | "stroke"
  | "box"
  | "lasso"
  | "paint"
  | "erase"
  | "polygon"
  | "hand";

export const tools: Readonly<Record<ToolName, ToolState>> = {
  click: clickReady,
  stroke: strokeReady,
  box: boxReady,
  paint: paintReady,
  erase: eraseReady,
  polygon: polygonReady,
  lasso: lassoReady,
  hand: handReady,
};

/** Tools by which a press on a prompt's handle takes the prompt back. */
export const takesBack: ReadonlySet<ToolName> = new Set(["click", "stroke", "box", "lasso"]);
