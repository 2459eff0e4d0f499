/** What the labels of the project colour. */

import { type Label, labelOf, numberOf, type ProjectLabel } from "maskwise";
import { withColours } from "./colours.ts";
import type { State } from "./state.ts";

/** The first object of a label has its colour; further ones lighter and darker shades of it. */
const SHADES: readonly (readonly [towards: number, share: number])[] = [
  [255, 0],
  [255, 0.4],
  [0, 0.35],
  [255, 0.65],
  [0, 0.55],
];

/** Colours in which every object of a project's label has that label's. */
export function colourAll(
  colours: ReadonlyMap<Label, string>,
  labels: readonly ProjectLabel[],
  objects: Iterable<Label> = colours.keys(),
): ReadonlyMap<Label, string> {
  const all = new Map(colours);
  for (const object of [...labels.map(({ name }) => name), ...objects]) {
    const label = labelOf(object, labels);
    if (label) all.set(object, shade(label.colour, numberOf(object, label)));
  }
  return all;
}

/** Colours in which all objects of a photo have one. */
export function coloursFor(
  { colours, project }: Pick<State, "colours" | "project">,
  objects: readonly Label[],
): ReadonlyMap<Label, string> {
  return colourAll(withColours(colours, objects), project.labels, objects);
}

function shade(colour: string, number: number): string {
  const [towards, share] = SHADES[(number - 1) % SHADES.length] ?? [0, 0];
  const parts = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16);
    return Math.round(part + (towards - part) * share);
  });
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
