/** How the masks of an image came about; saying the same to the same model gives the same masks. */

import type { Plane } from "../../image/pixels.ts";

export interface Work {
  readonly model: {
    readonly name: string;
    /** SHA-256 of its weights in hexadecimal digits; absent for a model without weights. */
    readonly sha256?: string;
  };
  /** What was said, as a document for JSON: `writeSession` and `readSession` know what is in it. */
  readonly session: Readonly<Record<string, unknown>>;
  /** What the model believed, label by label, 0 to 1. */
  readonly probabilities?: Readonly<Record<string, Plane>>;
}
