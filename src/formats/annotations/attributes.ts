/** Attributes as JSON has them, checked. */

import { at, type Field, wrong } from "../jsonFields.ts";
import type { Attributes, AttributeValue } from "./annotations.ts";

/** Names that objects have a meaning of their own for. */
const RESERVED: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** An object of attributes; what is no attribute in it is told and left out. */
export function attributesAt(field: Field, passOver?: (what: string) => void): Attributes {
  if (field.value === undefined || field.value === null) return {};
  if (typeof field.value !== "object" || Array.isArray(field.value)) {
    throw wrong(field, "an object of attributes");
  }
  const attributes: Record<string, AttributeValue> = {};
  for (const name of Object.keys(field.value)) {
    const { value } = at(field, name);
    if (isAttribute(value) && !RESERVED.has(name)) attributes[name] = value;
    else if (value !== null) passOver?.("attributes that are no texts, numbers or lists of them");
  }
  return attributes;
}

function isAttribute(value: unknown): value is AttributeValue {
  return isScalar(value) || (Array.isArray(value) && value.every(isListed));
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || Number.isFinite(value) || typeof value === "boolean";
}

function isListed(value: unknown): value is string | number {
  return isScalar(value) && typeof value !== "boolean";
}

/** `{ attributes }`, or nothing where there are none, to be spread into a value. */
export function withAttributes(attributes: Attributes): { readonly attributes?: Attributes } {
  return Object.keys(attributes).length > 0 ? { attributes } : {};
}

/** An attribute out of a text, as XML has them: numbers and truth values are recognised. */
export function attributeOfText(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return text !== "" && String(Number(text)) === text ? Number(text) : text;
}
