/** What an encoder wants to see: how pictures become numbers, and which of its outputs counts. */

import { FormatError } from "../../formats/formatError.ts";
import {
  at,
  type Field,
  listAt,
  numberAt,
  textAt,
  wholeAt,
  wrong,
} from "../../formats/jsonFields.ts";

/** `value = (range · colour − mean) / deviation`, colour being 0 … 1. */
export interface EncoderOptions {
  /** What the brightest is before mean and deviation, 1 or 255 as a rule. @default 1 */
  readonly range?: number;
  /** Of red, green and blue, in parts of `range`. @default [0, 0, 0] */
  readonly mean?: readonly number[];
  /** Likewise, above 0. @default [1, 1, 1] */
  readonly deviation?: readonly number[];
  /** Which colour comes first. @default "rgb" */
  readonly order?: "rgb" | "bgr";
  /** Longer side of the image where the file leaves it open, in pixels. @default 512 */
  readonly side?: number;
  /** What sides are multiples of where the file leaves them open, in pixels. @default 32 */
  readonly multiple?: number;
  /** The output that holds the features. @default the only one */
  readonly output?: string;
}

export type EncoderWishes = Required<Omit<EncoderOptions, "output">> &
  Pick<EncoderOptions, "output">;

const DEFAULTS: EncoderWishes = {
  range: 1,
  mean: [0, 0, 0],
  deviation: [1, 1, 1],
  order: "rgb",
  side: 512,
  multiple: 32,
};

/** The name under which a file says its own options, as JSON, in its metadata. */
export const ENCODER_METADATA = "maskwise";

const READERS: {
  readonly [Name in keyof EncoderOptions]-?: (field: Field) => EncoderOptions[Name];
} = {
  range: positive,
  mean: (field) => three(field, numberAt),
  deviation: (field) => three(field, positive),
  order: (field) => {
    if (field.value === "rgb" || field.value === "bgr") return field.value;
    throw wrong(field, "rgb or bgr");
  },
  side: (field) => wholeAt(field, 1),
  multiple: (field) => wholeAt(field, 1),
  output: textAt,
};

/**
 * Those that are given, else those of the file, else the defaults.
 *
 * @param file Name of the file, for messages.
 * @throws {FormatError} An option is unknown or out of range; the message has the path to it.
 */
export function encoderWishes(
  file: string,
  metadata: Readonly<Record<string, string>>,
  options: EncoderOptions,
): EncoderWishes {
  const said = Object.hasOwn(metadata, ENCODER_METADATA) ? metadata[ENCODER_METADATA] : "{}";
  const own = optionsAt({
    value: parsed(file, said),
    path: `${file}: metadata.${ENCODER_METADATA}`,
  });
  return { ...DEFAULTS, ...own, ...optionsAt({ value: options, path: `${file}: options` }) };
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FormatError(
      `${file}: expected JSON under "${ENCODER_METADATA}" in the metadata, got "${(cause as Error).message}".`,
      { cause },
    );
  }
}

function optionsAt(field: Field): EncoderOptions {
  const { value } = field;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw wrong(field, "an object");
  }
  const entries = Object.keys(value).map((name) => {
    if (Object.hasOwn(READERS, name)) {
      return [name, READERS[name as keyof EncoderOptions](at(field, name))];
    }
    throw wrong(at(field, name), `one of ${Object.keys(READERS).join(", ")}, and nothing else`);
  });
  return Object.fromEntries(entries);
}

function positive(field: Field): number {
  if (numberAt(field) > 0) return numberAt(field);
  throw wrong(field, "a number above 0");
}

function three(field: Field, read: (part: Field) => number): readonly number[] {
  const parts = listAt(field);
  if (parts.length === 3) return parts.map(read);
  throw wrong(field, "three numbers, of red, green and blue");
}
