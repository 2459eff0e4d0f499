/**
 * Why pixels have their labels, as a mixture can tell: how much of a pixel's value each thing that was
 * said, and the model by itself, accounts for.
 */

import type { Label, Prompt } from "../clicks/prompts.ts";
import type { Size } from "../image/pixels.ts";

/** What a pixel's value may come from. */
export type Source =
  | { readonly kind: "prompt"; readonly prompt: Prompt }
  /** What the model takes the pixel for by itself, once it knows where was clicked. */
  | { readonly kind: "model" }
  /** The pixel looks like what has this label by now. */
  | { readonly kind: "looks"; readonly label: Label }
  /** The mask that was started from. */
  | { readonly kind: "start" };

/** On a grid over the picture, of whatever fineness the model has. */
export interface Explanation extends Size {
  readonly sources: readonly Source[];
  /** `[sources, height, width]`, each at least 0; at every place of the grid they sum to one. */
  readonly shares: Float32Array;
}
