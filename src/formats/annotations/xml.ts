/** XML as trees of elements: of a document that is read whole, or element by element as it streams. */

import { SaxesParser } from "saxes";
import { FormatError } from "../formatError.ts";
import type { Field } from "../jsonFields.ts";

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** All text directly in it. */
  readonly text: string;
  /** Where it stands: `annotations.image.3.mask.0`. */
  readonly path: string;
}

interface Growing {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: XmlElement[];
  text: string;
  readonly path: string;
  readonly counts: Map<string, number>;
}

/** Deeper documents are refused; formats need a handful. */
const MAX_DEPTH = 64;

/**
 * The elements of some names, each with all that is in it, in the order of the file. What is around
 * them is forgotten.
 *
 * @param operation What to call the file in messages.
 * @param wanted    Whether an element is wanted, by its name and its depth: 0 is the document's own.
 * @throws {FormatError} Not well-formed, truncated, or too deep.
 */
export async function* xmlElements(
  operation: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  wanted: (name: string, depth: number) => boolean,
): AsyncGenerator<XmlElement> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const parser = new SaxesParser();
  const open: Growing[] = [];
  const rootCounts = new Map<string, number>();
  let ready: XmlElement[] = [];
  let isIn = 0;
  parser.on("opentag", ({ name, attributes }) => {
    const parent = open.at(-1);
    const counts = parent?.counts ?? rootCounts;
    const index = counts.get(name) ?? 0;
    counts.set(name, index + 1);
    const path = parent ? `${parent.path}.${name}.${index}` : name;
    open.push({ name, attributes, children: [], text: "", path, counts: new Map() });
    if (open.length > MAX_DEPTH) throw new Error(`more than ${MAX_DEPTH} elements in one another`);
    if (isIn > 0 || wanted(name, open.length - 1)) isIn++;
  });
  parser.on("text", (text) => {
    const element = open.at(-1);
    if (element !== undefined && isIn > 0) element.text += text;
  });
  parser.on("cdata", (text) => {
    const element = open.at(-1);
    if (element !== undefined && isIn > 0) element.text += text;
  });
  parser.on("closetag", () => {
    const element = open.pop();
    if (element === undefined || isIn === 0) return;
    isIn--;
    if (isIn > 0) open.at(-1)?.children.push(element);
    else ready.push(element);
  });
  parser.on("error", (error) => {
    throw error;
  });
  const step = (act: () => void): void => {
    try {
      act();
    } catch (cause) {
      throw new FormatError(
        `${operation}: expected XML, got "${(cause as Error).message}". Copy the file again from where it came.`,
        { cause },
      );
    }
  };
  for await (const chunk of chunks) {
    step(() => parser.write(decoder.decode(chunk, { stream: true })));
    yield* ready;
    ready = [];
  }
  step(() => {
    parser.write(decoder.decode());
    parser.close();
  });
  yield* ready;
}

/** A whole document. @throws {FormatError} Not well-formed. */
export async function xmlDocument(operation: string, bytes: Uint8Array): Promise<XmlElement> {
  for await (const root of xmlElements(operation, [bytes], (_, depth) => depth === 0)) return root;
  throw new FormatError(`${operation}: expected XML, got an empty file.`);
}

/** The elements directly in another that have a name. */
export function childrenOf({ children }: XmlElement, name: string): readonly XmlElement[] {
  return children.filter((child) => child.name === name);
}

/** The text of the first child of a name, trimmed, as a field; a missing one is `undefined`. */
export function childText(element: XmlElement, name: string): Field {
  const child = element.children.find((one) => one.name === name);
  return { value: child?.text.trim(), path: `${element.path}.${name}` };
}

/** An attribute as a field. */
export function attribute({ attributes, path }: XmlElement, name: string): Field {
  const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return { value, path: `${path}@${name}` };
}

/** A field of text as one of a number; what is none stays as it is, to be told. */
export function asNumber({ value, path }: Field): Field {
  const isNumber =
    typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value));
  return { value: isNumber ? Number(value) : value, path };
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};

/** XML has no place for control characters, not even escaped, nor for halves of surrogate pairs. */
export function escapedXml(text: string): string {
  return text
    .replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"\n\r\t]/g, (character) => ENTITIES[character]);
}

/** A tag's attributes as text, each with a space before it. */
export function tagAttributes(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapedXml(`${value}`)}"`)
    .join("");
}
