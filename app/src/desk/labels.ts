/** The project's labels, and what is said about objects beyond them. */

import {
  addLabel,
  checkProject,
  state as inForce,
  type Label,
  labelOf,
  nextOf,
  type Project,
  type ProjectLabel,
  renameLabel,
} from "maskwise";
import { paletteColour } from "../state/colours.ts";
import { colourAll, coloursFor } from "../state/labels.ts";
import { selectedLabel, selectedPhoto } from "../state/state.ts";
import { texts } from "../texts.ts";
import { edit, selectLabel } from "./edits.ts";
import { readUnread } from "./photos.ts";
import type { Studio } from "./studio.ts";

/** @returns whether the project can be so; what is wrong with it is said. */
export function changeProject(studio: Studio, project: Project): boolean {
  if (!studio.mayChange()) return false;
  try {
    checkProject(project);
  } catch (error) {
    studio.notify("error", texts.refused((error as Error).message.replace(/^project: /, "")));
    return false;
  }
  const { colours } = studio.state;
  studio.change({ project, colours: colourAll(colours, project.labels) });
  return true;
}

/** The label whose key this is. */
export function labelWithKey(studio: Studio, key: string): ProjectLabel | undefined {
  return studio.state.project.labels.find((label) => label.key === key);
}

/** Take a label in hand: its last object on the photo, or its first where there is none yet. */
export function takeLabel(studio: Studio, label: ProjectLabel): void {
  const objects = objectsOf(studio, label);
  const last = objects.at(-1);
  if (last !== undefined) selectLabel(studio, last);
  else addObjectOf(studio, label);
}

/** One more object of a label. */
export function addObjectOf(studio: Studio, label: ProjectLabel): void {
  const session = selectedPhoto(studio.state)?.session;
  if (!session) return;
  const object = nextOf(label, inForce(session).labels);
  if (edit(studio, (before) => addLabel(before, object))) selectLabel(studio, object);
}

function objectsOf(studio: Studio, label: ProjectLabel): readonly Label[] {
  const session = selectedPhoto(studio.state)?.session;
  if (!session) return [];
  const { labels } = studio.state.project;
  return inForce(session).labels.filter((object) => labelOf(object, labels) === label);
}

/** Say something about the object in hand; an empty text takes it back. */
export function setAttribute(studio: Studio, name: string, value: string | boolean): void {
  const photo = selectedPhoto(studio.state);
  if (!photo || !studio.mayChange()) return;
  const object = selectedLabel(photo);
  const { [name]: _, ...others } = photo.attributes?.[object] ?? {};
  const values = value === "" || value === false ? others : { ...others, [name]: value };
  studio.changePhoto(photo.id, { attributes: { ...photo.attributes, [object]: values } });
}

/** A label with a name and a colour that are free. */
export function addLabelToProject(studio: Studio): void {
  const { project } = studio.state;
  const names = project.labels.map(({ name }) => name);
  let number = names.length + 1;
  while (names.includes(texts.projects.label(number))) number++;
  const name = texts.projects.label(number);
  const colour = paletteColour(project.labels.length);
  changeProject(studio, {
    ...project,
    labels: [...project.labels, { name, colour, attributes: [] }],
  });
}

/** Give a label another name, and with it all of its objects on all photos. */
export async function renameProjectLabel(studio: Studio, from: Label, to: Label): Promise<void> {
  const { project } = studio.state;
  const labels = project.labels.map((label) =>
    label.name === from ? { ...label, name: to } : label,
  );
  if (!changeProject(studio, { ...project, labels })) return;
  for (const { id } of studio.state.photos) {
    await readUnread(studio, id);
    const photo = studio.state.photos.find((one) => one.id === id);
    if (!photo?.session) continue;
    const names = renamings(inForce(photo.session).labels, from, to);
    if (names.length === 0) continue;
    let { session, attributes = {}, label } = photo;
    for (const [object, name] of names) {
      session = renameLabel(session, object, name);
      attributes = { ...attributes, [name]: attributes[object] ?? {} };
      if (label === object) label = name;
    }
    studio.changePhoto(id, { session, attributes, label });
  }
  const photo = selectedPhoto(studio.state);
  if (!photo?.session) return;
  studio.change({ colours: coloursFor(studio.state, inForce(photo.session).labels) });
  studio.ask();
}

/** The objects of a label and what they are called from now on, where that name is free. */
function renamings(
  objects: readonly Label[],
  from: Label,
  to: Label,
): readonly (readonly [Label, Label])[] {
  return objects.flatMap((object) => {
    const isOne = object === from || /^ [1-9]\d*$/.test(object.replace(from, ""));
    if (!object.startsWith(from) || !isOne) return [];
    const name = to + object.slice(from.length);
    return objects.includes(name) ? [] : [[object, name] as const];
  });
}
