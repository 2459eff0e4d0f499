/** What the appearance mixture goes by, besides colour and place: whatever can be said of every token. */

import type { LabPlanes } from "../../image/lab.ts";
import type { Picture, Plane, Size } from "../../image/pixels.ts";

export interface Look {
  /** One number for each token. */
  readonly plane: Plane;
  /** Standard deviation of a component, in the plane's units. */
  readonly sigma: number;
}

/** A picture that is being encoded. */
interface Seen {
  readonly whole: Picture;
  /** Colours at the size the model works on. */
  readonly lab: LabPlanes;
  /** The grid of tokens. */
  readonly grid: Size;
}

/** How a model looks at a picture, once. */
export type LookAt = (seen: Seen) => Promise<readonly Look[]>;
