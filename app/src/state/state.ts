/** All that the page shows, as one value; every change makes the next one. */

import {
  state as inForce,
  type Label,
  type Project,
  type RemoteSegmentation,
  type Session,
  type Size,
} from "maskwise";
import type { Shown } from "../files/shown.ts";
import type { ToolName } from "../tools/table.ts";
import { EVERYTHING, type Filter } from "./filter.ts";
import { FIRST_INSIGHT, type Insight } from "./insight.ts";
import type { Keeping } from "./keeping.ts";
import { FIRST_LOOK, type Look, type Theme } from "./look.ts";
import type { Photo } from "./photo.ts";
import { saysSomething } from "./saysSomething.ts";
import type { Changed } from "./shortcuts.ts";

/** The current photo, decoded; its size is what it is worked on at. */
interface Current extends Size {
  readonly id: string;
  readonly shown: Shown;
}

/** A mask, and what was asked when it was made. */
export interface Answer {
  readonly photo: string;
  readonly session: Session;
  readonly segmentation: RemoteSegmentation;
}

/** What the segmenter is doing for the current photo. */
type Work =
  | { readonly kind: "idle" }
  | { readonly kind: "reading" }
  | { readonly kind: "opening"; readonly share: number }
  | { readonly kind: "solving" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly reason: string };

/** How masks are changed by hand. */
export interface Retouching {
  /** Share of the brush's radius that paints fully, in [0, 1]. */
  readonly hardness: number;
  /** How far smoothing, growing and shrinking reach, in picture pixels. */
  readonly reach: number;
  /** How far polygons may be from the outline of the mask, in picture pixels. */
  readonly tolerance: number;
  /** Whether polygons follow the tolerance, also those that an object was given. */
  readonly isSimplifying: boolean;
}

/** Something a person should know; it stays until it is dismissed or replaced. */
export interface Notice {
  readonly id: string;
  readonly kind: "error" | "note" | "done";
  readonly text: string;
  /** What can be done about it. */
  readonly action?: { readonly name: string; run(): void };
}

export interface State {
  readonly photos: readonly Photo[];
  /** The photo that is selected, shown as soon as it is decoded. */
  readonly selected: string | undefined;
  readonly current: Current | undefined;
  readonly answer: Answer | undefined;
  readonly work: Work;
  /** What computes the masks, once a photo is open. */
  readonly device: string | undefined;
  readonly tool: ToolName;
  /** Diameter of the brush, in picture pixels. */
  readonly brush: number;
  readonly look: Look;
  readonly theme: Theme;
  readonly insight: Insight;
  /** The keys that a person has changed. */
  readonly keys: Changed;
  readonly retouching: Retouching;
  /** The colour of each label that was ever seen; a name keeps its colour on all photos. */
  readonly colours: ReadonlyMap<Label, string>;
  readonly notices: readonly Notice[];
  readonly project: Project;
  /** Which photos the list shows. */
  readonly filter: Filter;
  readonly keeping: Keeping;
  /** Whether the project may be changed in this page, or is another's. */
  readonly access: "owner" | "reader";
  /** How many of how many files have been taken in, while some are. */
  readonly takingIn: readonly [done: number, total: number] | undefined;
  /** The label whose name is being written. */
  readonly renaming: Label | undefined;
}

/** Where nothing is kept. */
export const NO_PROJECT: Project = { name: "", labels: [] };

export const FIRST_STATE: State = {
  photos: [],
  selected: undefined,
  current: undefined,
  answer: undefined,
  work: { kind: "idle" },
  device: undefined,
  tool: "click",
  brush: 24,
  look: FIRST_LOOK,
  theme: "system",
  insight: FIRST_INSIGHT,
  keys: {},
  retouching: { hardness: 1, reach: 2, tolerance: 1.5, isSimplifying: false },
  colours: new Map(),
  notices: [],
  project: NO_PROJECT,
  filter: EVERYTHING,
  keeping: { kind: "nothing" },
  access: "owner",
  takingIn: undefined,
  renaming: undefined,
};

export function selectedPhoto({ photos, selected }: State): Photo | undefined {
  return photos.find(({ id }) => id === selected);
}

/** The selected label, or the first object where that one is not there any more. */
export function selectedLabel({ session, label }: Photo): Label {
  if (!session) return label;
  const { labels } = inForce(session);
  return labels.includes(label) ? label : (labels[1] ?? label);
}

/** The photo's mask, while what was said still says something. It may be one click behind. */
export function visibleAnswer(state: State): Answer | undefined {
  const photo = selectedPhoto(state);
  const { answer } = state;
  if (!photo?.session || answer?.photo !== photo.id) return undefined;
  return saysSomething(photo.session) ? answer : undefined;
}

/** Whether the selected photo's mask can be saved beside it. */
export function canSave(state: State): boolean {
  return selectedPhoto(state)?.source.kind === "server";
}

/** Whether something that was said would be gone with the page: kept nowhere, and not exported. */
export function hasUnsavedWork({ photos, keeping }: State): boolean {
  return photos.some(
    ({ session, exported, source }) =>
      source.kind !== "sample" &&
      // A file that is kept counts as one of the store's from then on.
      (keeping.kind !== "kept" || source.kind === "file") &&
      session !== undefined &&
      session !== exported &&
      saysSomething(session),
  );
}
