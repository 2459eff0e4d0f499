/** What all photos of a project have in common: its name and the labels that objects may have. */

import { BACKGROUND, type Label } from "../clicks/prompts.ts";

/** What is said about an object beyond its label. */
export type Attribute =
  /** One of several values. */
  | { readonly kind: "choice"; readonly name: string; readonly values: readonly string[] }
  /** Yes or no. */
  | { readonly kind: "check"; readonly name: string }
  /** Any words. */
  | { readonly kind: "text"; readonly name: string };

/** A kind of object that is looked for. */
export interface ProjectLabel {
  readonly name: Label;
  /** `#rrggbb`. */
  readonly colour: string;
  /** The key that takes it in hand: one character, in capitals where there are any. */
  readonly key?: string;
  readonly attributes: readonly Attribute[];
}

export interface Project {
  readonly name: string;
  /** Empty where objects are named freely. */
  readonly labels: readonly ProjectLabel[];
}

/** An object belongs to the label whose name it has, alone or with a number behind it: "car", "car 2". */
export function labelOf(object: Label, labels: readonly ProjectLabel[]): ProjectLabel | undefined {
  const exact = labels.find(({ name }) => name === object);
  return exact ?? labels.find(({ name }) => name === nameWithoutNumber(object));
}

/** Which of its label's objects it is: 1 for "car", 2 for "car 2". */
export function numberOf(object: Label, { name }: ProjectLabel): number {
  return object === name ? 1 : Number(object.slice(name.length + 1));
}

/** The name of one more object of a label. */
export function nextOf({ name }: ProjectLabel, objects: readonly Label[]): Label {
  if (!objects.includes(name)) return name;
  let number = 2;
  while (objects.includes(`${name} ${number}`)) number++;
  return `${name} ${number}`;
}

function nameWithoutNumber(object: Label): Label {
  return object.replace(/ [1-9]\d*$/, "");
}

/** @throws {RangeError} Names that are empty, taken or mean the background; a key or an attribute twice. */
export function checkProject({ labels }: Project): void {
  const names = labels.map(({ name }) => name);
  const keys = labels.flatMap(({ key }) => key ?? []);
  for (const [what, all] of [
    ["names of labels", names],
    ["keys of labels", keys],
    ...labels.map(
      ({ name, attributes }) =>
        [`attributes of ${name}`, attributes.map((attribute) => attribute.name)] as const,
    ),
  ] as const) {
    const twice = all.find((one, at) => all.indexOf(one) !== at);
    if (twice !== undefined) {
      throw new RangeError(`project: expected different ${what}, got "${twice}" twice.`);
    }
  }
  const wrong = names.find((name) => name.trim() !== name || name === "" || name === BACKGROUND);
  if (wrong !== undefined) {
    throw new RangeError(
      `project: expected a label to have a name, and not "${BACKGROUND}", got "${wrong}".`,
    );
  }
}
