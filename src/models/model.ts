/**
 * What every interactive segmenter is: it encodes an image once and then answers
 * any set of prompts from the encoding, in time that does not depend on the encoder.
 */

import type { Label, Prompt } from "../clicks/prompts.ts";
import type { Run } from "../graph/run.ts";
import type { Mask, Picture, PixelPoint, Plane, Size } from "../image/pixels.ts";
import type { Explanation } from "./explanation.ts";

/** What the edge hands in: where graphs run, and how to report and stop. */
export interface Context {
  readonly run: Run;
  /** Called with the share done so far, in [0, 1]. */
  readonly progress?: (share: number) => void;
  /** When aborted, the work rejects with the signal's reason at the next step. */
  readonly signal?: AbortSignal;
}

/** All that is known about one image when somebody asks for its mask. */
export interface Question {
  /** `labels[0]` is the background. At least two. */
  readonly labels: readonly Label[];
  /** In canonical order, so that equal sets give equal numbers. Every label is in `labels`. */
  readonly prompts: readonly Prompt[];
  /** A mask to start from, indices into `labels`, with the precision it is trusted with (> 0). */
  readonly start?: { readonly mask: Mask; readonly precision: number };
  /** How far corrections reach, > 0: more, and more pixels follow a click. @default 1 */
  readonly strength?: number;
}

/** Probabilities of the labels at every pixel, computed by rows so that large images fit. */
export interface Belief extends Size {
  readonly labels: readonly Label[];
  /** Rows `from` to `to` (exclusive): `[labels, rows, width]`, each pixel sums to one over labels. */
  rows(from: number, to: number): Float32Array;
}

/** An image, encoded once. */
export interface Encoding extends Size {
  /** Answers depend on the set of prompts alone. */
  answer(question: Question, context: Context): Promise<Belief>;
  /** Why pixels have, or do not have, one label but the background. Not every model can tell. */
  explain?(question: Question, label: Label, context: Context): Promise<Explanation>;
  /**
   * About how likely each pixel would belong to an object that is clicked at a place, in [0, 1] on a
   * coarse grid, from what is kept of the image alone: some milliseconds, and no graph is run.
   */
  preview?(at: PixelPoint): Plane;
}

export interface Model {
  readonly name: string;
  encode(picture: Picture, context: Context): Promise<Encoding>;
}
