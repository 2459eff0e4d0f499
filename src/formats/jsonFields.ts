/** Reading JSON that came from outside: each value is checked, and a fault is told with its path. */

import { FormatError } from "./formatError.ts";

/** A value and where it stands. */
export interface Field {
  readonly value: unknown;
  /** Such as `annotations.3.bbox`; "" is the whole. */
  readonly path: string;
}

/** @throws {FormatError} Not UTF-8, or not JSON. */
export function parseJson(operation: string, bytes: Uint8Array): Field {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { value: JSON.parse(text), path: "" };
  } catch (cause) {
    throw new FormatError(`${operation}: expected JSON, got "${(cause as Error).message}".`, {
      cause,
    });
  }
}

/** A part of an object or a list, which may be absent (`undefined`). */
export function at({ value, path }: Field, name: string | number): Field {
  const isObject = typeof value === "object" && value !== null;
  const part: unknown =
    isObject && Object.hasOwn(value, name)
      ? (value as Readonly<Record<string | number, unknown>>)[name]
      : undefined;
  return { value: part, path: path === "" ? `${name}` : `${path}.${name}` };
}

export function listAt(field: Field): readonly Field[] {
  if (!Array.isArray(field.value)) throw wrong(field, "a list");
  return field.value.map((_, index) => at(field, index));
}

export function textAt(field: Field): string {
  if (typeof field.value !== "string") throw wrong(field, "a text");
  return field.value;
}

export function numberAt(field: Field): number {
  if (!Number.isFinite(field.value)) throw wrong(field, "a number");
  return Number(field.value);
}

/** @param least The smallest whole number that makes sense there. */
export function wholeAt(field: Field, least: number): number {
  if (!Number.isSafeInteger(field.value) || Number(field.value) < least) {
    throw wrong(field, `a whole number of at least ${least}`);
  }
  return Number(field.value);
}

export function wrong({ value, path }: Field, expected: string): FormatError {
  return new FormatError(`${path || "the file"}: expected ${expected}, got ${shown(value)}.`);
}

/** Short enough for a message, whatever came. */
function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  // Lists in lists can be deeper than can be written.
  if (Array.isArray(value) && value.length > 0 && Array.isArray(value[0])) return "a list of lists";
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
