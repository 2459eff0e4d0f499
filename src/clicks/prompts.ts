/**
 * What a person says about an image, in image pixels. A set of prompts, and
 * nothing else, determines a mask: their order and their history do not.
 */

import type { PixelPoint } from "../image/pixels.ts";

/** The name of a label. `"background"` is always label 0; the usual other one is `"object"`. */
export type Label = string;

export const BACKGROUND: Label = "background";
export const OBJECT: Label = "object";

/** "The pixel at this place has this label." */
export interface Click {
  readonly kind: "click";
  readonly at: PixelPoint;
  readonly says: Label;
}

/** "All pixels under this brush stroke have this label." */
export interface Stroke {
  readonly kind: "stroke";
  readonly points: readonly PixelPoint[];
  /** Diameter of the brush in pixels, at least 1. */
  readonly width: number;
  readonly says: Label;
}

/** "Everything with this label lies inside this box"; both corners belong to the box. */
export interface Box {
  readonly kind: "box";
  readonly from: PixelPoint;
  readonly to: PixelPoint;
  readonly says: Label;
}

/**
 * "Everything with this label lies inside this outline, and most of what is inside has it." The
 * outline is closed: the last point is joined to the first.
 */
export interface Lasso {
  readonly kind: "lasso";
  readonly points: readonly PixelPoint[];
  readonly says: Label;
}

/** What says where a label may be. */
export type Region = Box | Lasso;

export type Prompt = Click | Stroke | Region;
