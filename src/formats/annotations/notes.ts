/** What is noted about an instance, an image or a category beside its pixels, as JSON and back. */

import { at, type Field, numberAt, textAt, wholeAt, wrong } from "../jsonFields.ts";
import type { AnnotatedImage, Category, Instance } from "./annotations.ts";
import { attributesAt, withAttributes } from "./attributes.ts";

/** An instance without its region. */
export type InstanceNotes = Omit<Instance, "region">;

type PassOver = ((what: string) => void) | undefined;

/** Only what was said, under the names of the value. */
export function notesOf({ region: _, ...notes }: Instance): InstanceNotes {
  return notes;
}

/** All notes but the category, which formats have a place of their own for. */
export function furtherNotes({ category: _, region: __, ...notes }: Instance): object {
  return notes;
}

/** @param category Where it stands elsewhere. @default in the notes */
export function notesAt(
  field: Field,
  passOver?: PassOver,
  category: string = textAt(at(field, "category")),
): InstanceNotes {
  const [crowd, score] = [at(field, "isCrowd"), at(field, "score")];
  if (crowd.value !== undefined && typeof crowd.value !== "boolean") {
    throw wrong(crowd, "true or false");
  }
  return {
    category,
    ...(crowd.value === true && { isCrowd: true }),
    ...(isGiven(score) && { score: numberAt(score) }),
    ...optionalWhole(field, "group"),
    ...optionalWhole(field, "id"),
    ...withAttributes(attributesAt(at(field, "attributes"), passOver)),
  };
}

/** What is noted about an image, without its name, size and instances. */
export function imageNotesOf({ id, attributes, georeference }: AnnotatedImage): object {
  return {
    ...(id !== undefined && { id }),
    ...(attributes && { attributes }),
    ...(georeference && { georeference }),
  };
}

export function imageNotesAt(
  field: Field,
  passOver?: PassOver,
): Pick<AnnotatedImage, "id" | "attributes" | "georeference"> {
  return {
    ...optionalWhole(field, "id"),
    ...withAttributes(attributesAt(at(field, "attributes"), passOver)),
    ...georeferenceAt(at(field, "georeference")),
  };
}

function georeferenceAt(field: Field): Pick<AnnotatedImage, "georeference"> {
  if (!isGiven(field)) return {};
  const transform = numbersAt(at(field, "transform"), 6);
  const [, b, c, , e, f] = transform;
  if (b * f - c * e === 0) throw wrong(at(field, "transform"), "a transform with a way back");
  const crs = at(field, "crs");
  return { georeference: { transform, ...(isGiven(crs) && { crs: textAt(crs) }) } };
}

export function numbersAt(field: Field, count: number): readonly number[] {
  const { value } = field;
  const isList = Array.isArray(value) && value.length === count && value.every(Number.isFinite);
  if (!isList) throw wrong(field, `${count} numbers`);
  return value as readonly number[];
}

export function categoryAt(field: Field, passOver?: PassOver): Category {
  const supercategory = at(field, "supercategory");
  return {
    name: textAt(at(field, "name")),
    ...optionalWhole(field, "id"),
    ...(isGiven(supercategory) && { supercategory: textAt(supercategory) }),
    ...withAttributes(attributesAt(at(field, "attributes"), passOver)),
  };
}

function optionalWhole<Name extends string>(
  field: Field,
  name: Name,
): { readonly [Key in Name]?: number } {
  const part = at(field, name);
  if (!isGiven(part)) return {};
  return { [name]: wholeAt(part, 0) } as { readonly [Key in Name]?: number };
}

export function isGiven({ value }: Field): boolean {
  return value !== undefined && value !== null;
}
