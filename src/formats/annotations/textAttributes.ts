/** Notes in formats whose attributes are texts: a crowd and a score are attributes like others there. */

import type { Field } from "../jsonFields.ts";
import type { Attributes, AttributeValue, Instance } from "./annotations.ts";
import { attributeOfText } from "./attributes.ts";

const CROWD = "is_crowd";
const SCORE = "score";

/** All attributes of an instance as texts; lists are JSON. */
export function textsOf({
  attributes = {},
  isCrowd,
  score,
}: Instance): readonly (readonly [string, string])[] {
  return [
    ...Object.entries(attributes).map(
      ([name, value]) => [name, Array.isArray(value) ? JSON.stringify(value) : `${value}`] as const,
    ),
    ...(isCrowd === true ? [[CROWD, "true"] as const] : []),
    ...(score === undefined ? [] : [[SCORE, `${score}`] as const]),
  ];
}

/** The notes that named texts are. */
export function notesOfTexts(
  texts: Iterable<readonly [string, Field]>,
): Pick<Instance, "attributes" | "isCrowd" | "score"> {
  const attributes: Record<string, AttributeValue> = {};
  let notes: Pick<Instance, "isCrowd" | "score"> = {};
  for (const [name, { value }] of texts) {
    const said = typeof value === "string" ? valueOfText(value) : (value as AttributeValue);
    if (name === CROWD && typeof said === "boolean") {
      if (said) notes = { ...notes, isCrowd: true };
    } else if (name === SCORE && typeof said === "number") notes = { ...notes, score: said };
    else if (name !== "" && name !== "__proto__") attributes[name] = said;
  }
  const said: Attributes = attributes;
  return { ...notes, ...(Object.keys(said).length > 0 && { attributes: said }) };
}

function valueOfText(text: string): AttributeValue {
  if (!text.startsWith("[")) return attributeOfText(text);
  try {
    const list: unknown = JSON.parse(text);
    const isSound =
      Array.isArray(list) &&
      list.every((item) => typeof item === "string" || Number.isFinite(item));
    return isSound ? (list as readonly (string | number)[]) : text;
  } catch {
    return text;
  }
}
