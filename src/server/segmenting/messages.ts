/** What crosses to a thread that segments, and back; all of it can be structured-cloned. */

import type { Label } from "../../clicks/index.ts";
import type { Size } from "../../image/index.ts";
import type { Session } from "../../session/index.ts";
import type { Want } from "./answers.ts";

export type Order =
  | {
      readonly kind: "open";
      readonly id: number;
      /** What the picture is called from now on. */
      readonly picture: string;
      /** Of its file. */
      readonly bytes: Uint8Array;
    }
  | {
      readonly kind: "answer";
      readonly id: number;
      readonly picture: string;
      readonly session: Session;
      /** The same for the same session: what was found for it last is answered from memory. */
      readonly revision: string;
      readonly want: Want;
    }
  | { readonly kind: "forget"; readonly picture: string }
  | { readonly kind: "cancel"; readonly id: number };

/** Each `open` and each `answer` gets exactly one. */
export type Report =
  | { readonly kind: "opened"; readonly id: number; readonly size: Size }
  | ({ readonly kind: "answered"; readonly id: number } & Answered)
  | {
      readonly kind: "failed";
      readonly id: number;
      readonly name: string;
      readonly message: string;
    };

export interface Answered {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  /** How many pixels each label has, in the session's order. */
  readonly areas: readonly { readonly label: Label; readonly pixels: number }[];
}

/** One end of the way between the two. */
export interface ThreadPort<Sent, Received> {
  send(message: Sent, transfer: readonly ArrayBuffer[]): void;
  receive(listener: (message: Received) => void): void;
}
