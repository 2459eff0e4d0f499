/** What the element tells, by the name of the event: each is a `CustomEvent` with this as its `detail`. */

import type { RemoteSegmentation, Session } from "maskwise";

export interface MaskwiseEvents {
  /** Something was said, taken back, undone or assigned. */
  readonly change: {
    readonly session: Session;
    /** Who did it: a person on the picture, or the page through a method. */
    readonly by: "person" | "program";
  };
  /** The masks of all that was said; `undefined` while nothing is said that they could follow from. */
  readonly masks: RemoteSegmentation | undefined;
  /** The share of the picture's encoding that is done, in [0, 1]. */
  readonly progress: { readonly share: number };
  /** The picture is encoded: from now on an answer takes only a click's time. */
  readonly ready: {
    /** What computes, in words. */
    readonly device: string;
    /** What was done otherwise than one would expect, a sentence each. */
    readonly notes: readonly string[];
  };
  /** The worker broke; it starts again by itself, with all that was said. */
  readonly restart: { readonly reason: string };
  /** Something could not be done; what was said is kept. */
  readonly problem: { readonly error: Error };
}

export type MaskwiseEventName = keyof MaskwiseEvents;

/** Events of an element that are told with their details. */
export type MaskwiseEvent<Name extends MaskwiseEventName> = CustomEvent<MaskwiseEvents[Name]>;
