/** Masks changed by hand: what the tools and the buttons of the panel do to the selected photo. */

import {
  BACKGROUND,
  boundingBox,
  cropMask,
  type Event,
  editByHand,
  type HandEdit,
  state as inForce,
  type Label,
  mergeLabels,
  type Outline,
  outlines,
  parts,
  type RemoteSegmentation,
  type Stroke,
  simplifyRing,
  splitLabel,
} from "maskwise";
import { type State, selectedLabel, selectedPhoto, visibleAnswer } from "../state/state.ts";
import { type EditOptions, edit, selectLabel } from "./edits.ts";
import { labelInHand } from "./photos.ts";
import type { Studio } from "./studio.ts";

export function retouch(studio: Studio, change: HandEdit, options?: EditOptions): void {
  if (edit(studio, (session) => editByHand(session, change), options)) {
    studio.change({ retouching: { ...studio.state.retouching, isSimplifying: false } });
  }
}

/** An edit of the whole of the selected object. */
export type WholeEdit = "fillHoles" | "dropIslands" | "smooth" | "grow" | "shrink";

export function retouchWhole(studio: Studio, what: WholeEdit): void {
  const label = labelInHand(studio);
  const { reach } = studio.state.retouching;
  const edits: Readonly<Record<WholeEdit, HandEdit>> = {
    fillHoles: { kind: "fill holes", label },
    dropIslands: { kind: "drop islands", label },
    smooth: { kind: "smooth", label, sigma: reach },
    grow: { kind: "grow", label, by: reach },
    shrink: { kind: "grow", label, by: -reach },
  };
  retouch(studio, edits[what]);
}

/** Make each part of the selected object an object of its own. */
export function splitObject(studio: Studio): void {
  const answer = newestAnswer(studio.state);
  if (answer) edit(studio, (session) => splitLabel(session, labelInHand(studio), answer));
}

/** Make the selected object a part of another. */
export function mergeObject(studio: Studio, into: Label): void {
  const label = labelInHand(studio);
  const answer = newestAnswer(studio.state);
  if (!answer || !edit(studio, (session) => mergeLabels(session, label, into, answer))) return;
  selectLabel(studio, into);
}

/** The mask of everything that was said; `undefined` while it is worked out. */
function newestAnswer(state: State): RemoteSegmentation | undefined {
  const answer = visibleAnswer(state);
  return answer?.session === selectedPhoto(state)?.session ? answer?.segmentation : undefined;
}

/** Whether the selected label is an object with pixels in the mask that is shown. */
export function hasPixels(state: State): boolean {
  return partCount(state) !== 0;
}

/** Whether it may have several parts. */
export function hasParts(state: State): boolean {
  const count = partCount(state);
  return count === undefined || count > 1;
}

/**
 * How many parts the selected object has in the mask of everything that was said; `undefined` where
 * it is so large that counting them would be felt.
 */
export function partCount(state: State): number | undefined {
  const photo = selectedPhoto(state);
  const answer = newestAnswer(state);
  const label = photo ? selectedLabel(photo) : BACKGROUND;
  const isKnown = label !== BACKGROUND && answer?.labels.includes(label);
  return answer && isKnown ? partsOf(answer, label) : 0;
}

/**
 * The polygons of the selected object: those it was given, exactly; else the outlines of its mask,
 * with as few vertices as the tolerance allows.
 */
export function polygonInHand(studio: Studio): readonly Outline[] {
  const label = labelInHand(studio);
  const session = selectedPhoto(studio.state)?.session;
  const { isSimplifying, tolerance } = studio.state.retouching;
  if (!session || label === BACKGROUND) return [];
  const last = inForce(session).edits.at(-1);
  if (last?.kind === "polygons" && last.says === label && !isSimplifying) return last.outlines;
  return simplified(tracedOf(visibleAnswer(studio.state)?.segmentation, label), tolerance);
}

/** Make the selected object what its polygons enclose. */
export function usePolygon(studio: Studio): void {
  const [says, shown] = [labelInHand(studio), polygonInHand(studio)];
  if (shown.length > 0) retouch(studio, { kind: "polygons", outlines: shown, says });
}

/** Brush strokes that are made and not in the mask that is shown. */
export function strokesUnderWay({ state }: Studio): readonly Stroke[] {
  const session = selectedPhoto(state)?.session;
  if (!session) return NO_STROKES;
  const answer = visibleAnswer(state);
  if (answer?.session === session) return NO_STROKES;
  const known = answer?.session;
  const isKnown = (event: Event, i: number): boolean =>
    known !== undefined && i < known.at && known.events[i] === event;
  const events = session.events.slice(0, session.at).filter((event, i) => !isKnown(event, i));
  return events.flatMap((event) =>
    event.kind === "edit" && event.edit.kind === "brush" ? [event.edit.stroke] : [],
  );
}

const NO_STROKES: readonly Stroke[] = [];

/** What was worked out of a mask, by label: looked at with every frame, and the same until the mask changes. */
function remembered<Result>(
  find: (segmentation: RemoteSegmentation, label: Label) => Result,
): (segmentation: RemoteSegmentation, label: Label) => Result {
  const known = new WeakMap<RemoteSegmentation, Map<Label, Result>>();
  return (segmentation, label) => {
    const byLabel = known.get(segmentation) ?? new Map<Label, Result>();
    known.set(segmentation, byLabel);
    if (!byLabel.has(label)) byLabel.set(label, find(segmentation, label));
    return byLabel.get(label) as Result;
  };
}

/** Parts are counted after every click, in a rectangle of this many pixels in some 30 ms. */
const COUNTABLE = 1e6;

const traced = remembered(({ mask, labels }, label) => outlines(mask, labels.indexOf(label)));
const partsOf = remembered(({ mask, labels }, label) => {
  const index = labels.indexOf(label);
  const box = boundingBox(mask, index);
  if (box === undefined) return 0;
  if (box.width * box.height > COUNTABLE) return undefined;
  return parts(cropMask(mask, box), index).areas.length;
});

function tracedOf(segmentation: RemoteSegmentation | undefined, label: Label): readonly Outline[] {
  return segmentation?.labels.includes(label) ? traced(segmentation, label) : [];
}

let last: {
  readonly of: readonly Outline[];
  readonly tolerance: number;
  readonly result: readonly Outline[];
};

function simplified(of: readonly Outline[], tolerance: number): readonly Outline[] {
  if (last?.of === of && last.tolerance === tolerance) return last.result;
  const result = of.map(({ outer, holes }) => ({
    outer: simplifyRing(outer, tolerance),
    holes: holes.map((hole) => simplifyRing(hole, tolerance)),
  }));
  last = { of, tolerance, result };
  return result;
}
