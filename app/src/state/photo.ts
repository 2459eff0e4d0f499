/** A photo of the list, and what was said about it. */

import type { Label, ObjectAttributes, PhotoSummary, Session, Status } from "maskwise";

/** Where a photo's bytes can be read from, again and again, without being kept decoded. */
type Source =
  | { readonly kind: "file"; readonly blob: Blob }
  /** Kept by the browser. */
  | { readonly kind: "kept" }
  | { readonly kind: "server"; readonly id: string }
  | { readonly kind: "sample" };

export interface Photo {
  readonly id: string;
  readonly name: string;
  readonly source: Source;
  /** What was said about it; `undefined` until it was shown for the first time. */
  readonly session?: Session;
  /** The label that a click says. May be one that an undo has taken away: see `selectedLabel`. */
  readonly label: Label;
  /** The address of a small picture of it. */
  readonly thumbnail?: string;
  /** The session as it was when a mask of it was last exported. */
  readonly exported?: Session;
  readonly status: Status;
  /** What was said about its objects; `undefined` until it was shown for the first time. */
  readonly attributes?: ObjectAttributes;
  /** What was known of it when the project was opened. */
  readonly summary?: PhotoSummary;
  /** Whether its file was not kept and has to be given again. */
  readonly lacksFile?: boolean;
  /** Why it cannot be shown. */
  readonly problem?: string;
}
