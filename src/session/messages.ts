/**
 * A segmenter on the other side of a port (a worker, a thread): the messages,
 * and nothing else, that cross it. All values can be structured-cloned.
 */

import type { Label } from "../clicks/prompts.ts";
import type { Mask, Picture, PixelPoint, Plane } from "../image/pixels.ts";
import type { Explanation } from "../models/explanation.ts";
import type { Session } from "./session.ts";

/** One end of a channel; wrap a `Worker`, `self` or a `MessagePort` into it. */
export interface Port {
  send(message: Request | Reply, transfer: readonly ArrayBuffer[]): void;
  /** Every message that arrives is given to the listener, in order. */
  receive(listener: (message: Request | Reply) => void): void;
}

/** `id` is chosen by who asks and comes back in every reply; `picture` names an opened picture. */
export type Request =
  | {
      readonly kind: "open";
      readonly id: number;
      readonly picture: Picture;
      readonly model: string;
    }
  | {
      readonly kind: "segment";
      readonly id: number;
      readonly opened: number;
      readonly session: Session;
    }
  | {
      readonly kind: "probability";
      readonly id: number;
      readonly opened: number;
      readonly session: Session;
      readonly label: Label;
    }
  | {
      readonly kind: "explain";
      readonly id: number;
      readonly opened: number;
      readonly session: Session;
      readonly label: Label;
    }
  | {
      readonly kind: "preview";
      readonly id: number;
      readonly opened: number;
      readonly at: PixelPoint;
    }
  | { readonly kind: "cancel"; readonly id: number }
  | { readonly kind: "close"; readonly id: number; readonly opened: number };

export type Reply =
  | { readonly kind: "progress"; readonly id: number; readonly share: number }
  | {
      readonly kind: "opened";
      readonly id: number;
      /** Name of what computes, as shown to people. */
      readonly device: string;
      /** What was done otherwise than one would expect, a sentence each. */
      readonly notes: readonly string[];
    }
  | {
      readonly kind: "segmented";
      readonly id: number;
      readonly labels: readonly Label[];
      readonly mask: Mask;
      readonly uncertainty: Plane;
    }
  | { readonly kind: "probability"; readonly id: number; readonly plane: Plane }
  | {
      readonly kind: "explained";
      readonly id: number;
      /** `undefined` from a model that cannot tell. */
      readonly explanation: Explanation | undefined;
    }
  | {
      readonly kind: "previewed";
      readonly id: number;
      /** `undefined` from a model that has none. */
      readonly plane: Plane | undefined;
    }
  | { readonly kind: "closed"; readonly id: number }
  | {
      readonly kind: "failed";
      readonly id: number;
      readonly name: string;
      readonly message: string;
    };
