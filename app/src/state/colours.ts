/** Each label has one colour on all photos, given when its name is first seen. */

import { drawingColour, type Label } from "maskwise";

/** So many colours are told apart; after them they repeat. */
const DIFFERENT = 8;

export const BACKGROUND_COLOUR = "#20242b";

/**
 * Colours for labels that have none yet: the first that no label beside them has.
 *
 * @param labels The labels of one photo, the background first.
 */
export function withColours(
  colours: ReadonlyMap<Label, string>,
  labels: readonly Label[],
): ReadonlyMap<Label, string> {
  const all = new Map(colours);
  const objects = labels.slice(1);
  for (const label of objects) {
    if (all.has(label)) continue;
    const taken = new Set(objects.map((other) => all.get(other)));
    const free = palette.find((colour) => !taken.has(colour));
    all.set(label, free ?? palette[all.size % DIFFERENT] ?? BACKGROUND_COLOUR);
  }
  return all;
}

/** The colour of the nth label, from 0. */
export function paletteColour(at: number): string {
  return palette[at % DIFFERENT] ?? BACKGROUND_COLOUR;
}

/** A renamed label keeps its colour, and the old name too, for the undo. */
export function withRenamed(
  colours: ReadonlyMap<Label, string>,
  from: Label,
  to: Label,
): ReadonlyMap<Label, string> {
  const colour = colours.get(from);
  return colour === undefined ? colours : new Map(colours).set(to, colour);
}

const palette: readonly string[] = Array.from({ length: DIFFERENT }, (_, i) =>
  hex(drawingColour(i + 1)),
);

function hex(colour: readonly number[]): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
