/**
 * A tool is a small state machine: a pointer event and what is around it give the next state and,
 * perhaps, one thing to do. States are values; each is made by one file of its tool's folder.
 */

import {
  BACKGROUND,
  type Corner,
  type HandEdit,
  type Label,
  type Outline,
  type PixelPoint,
  type Prompt,
  type Size,
} from "maskwise";
import type { Point } from "../stage/frame.ts";
import type { Grip } from "./polygon/rings.ts";

/** What a pointer did. */
export interface Pointer {
  /** The place in the picture under it, not rounded, perhaps outside the picture. */
  readonly at: PixelPoint;
  /** The same on the stage. */
  readonly on: Point;
  readonly button: "left" | "right";
  readonly shift: boolean;
}

/** What a tool can see besides the pointer. */
export interface Surroundings {
  readonly picture: Size;
  /** The label that is selected. */
  readonly label: Label;
  /** Diameter of the brush, in picture pixels. */
  readonly brush: number;
  /** Share of the brush's radius that paints fully, in [0, 1]. */
  readonly hardness: number;
  /** The polygons of the selected object. */
  readonly polygon: readonly Outline[];
  /** The prompt whose handle lies under a point of the stage. */
  promptUnder(on: Point): string | undefined;
  /** What of the polygons lies under a point of the stage. */
  gripUnder(on: Point): Grip | undefined;
  /** Where a corner of pixels lies on the stage. */
  onStage(corner: Corner): Point;
  /** A prompt that was said, by its id. */
  prompt(id: string): Prompt | undefined;
}

export type Action =
  | { readonly kind: "say"; readonly prompt: Prompt }
  | { readonly kind: "say instead"; readonly id: string; readonly prompt: Prompt }
  | { readonly kind: "take back"; readonly id: string }
  | { readonly kind: "edit"; readonly edit: HandEdit }
  | { readonly kind: "pan"; readonly dx: number; readonly dy: number }
  /** A box or a lasso needs an object, and the background is selected. */
  | { readonly kind: "choose an object" };

export interface Step {
  readonly state: ToolState;
  readonly action?: Action;
}

/** A ring that is being drawn, vertex by vertex. */
export interface RingDrawn {
  readonly corners: readonly Corner[];
  /** Where the next vertex would be. */
  readonly next: Corner;
  /** Whether it cuts out what is inside. */
  readonly isCut: boolean;
}

export interface ToolState {
  /** A CSS cursor. */
  readonly cursor: string;
  /** What would be said if the pointer were let go now; drawn as such. */
  readonly preview?: Prompt;
  /** The edit that would be made then. */
  readonly unfinished?: HandEdit;
  /** The polygons as they would be then. */
  readonly polygon?: readonly Outline[];
  readonly ring?: RingDrawn;
  /** The id of the prompt whose place the preview takes. */
  readonly moving?: string;
  press(pointer: Pointer, around: Surroundings): Step;
  move(pointer: Pointer, around: Surroundings): Step;
  release(pointer: Pointer, around: Surroundings): Step;
  /** What a key does, or `undefined` where it means nothing here. */
  key?(key: string, around: Surroundings): Step | undefined;
  /** The state after Escape, a lost pointer, or a change of tool or picture. */
  cancel(): ToolState;
}

/** Right button or Shift says background, whatever is selected. */
export function labelSaid({ button, shift }: Pointer, { label }: Surroundings): Label {
  return button === "right" || shift ? BACKGROUND : label;
}

/** A pointer that moved less than this between press and release has clicked, in CSS pixels. */
const STILL = 6;

export function hasMoved(from: Point, to: Point): boolean {
  return Math.hypot(to.x - from.x, to.y - from.y) > STILL;
}
