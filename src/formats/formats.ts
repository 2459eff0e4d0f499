/** All formats a mask can be written in, by name: one line each. */

import type { Mask } from "../image/pixels.ts";
import { writeCoco } from "./coco.ts";
import { readIndexedPng, writeIndexedPng } from "./indexedPng.ts";
import { readMaskPng, writeMaskPng } from "./maskPng.ts";
import type { MaskAbout, NamedMask } from "./namedMask.ts";
import { isPng } from "./png.ts";
import { type ReadCocoOptions, readCoco } from "./readCoco.ts";
import { writeSvg } from "./svg.ts";

export type FormatName = "png" | "indexed-png" | "coco" | "svg";

export interface MaskFormat {
  /** What it is, as it would stand in a sentence. */
  readonly words: string;
  /** How the files' names end, after the picture's name. */
  readonly extension: string;
  readonly mediaType: string;
  /** The most labels that it holds, background included. */
  readonly maxLabels: number;
  /** Whether pixels may be `UNSURE`. */
  readonly holdsUnsure: boolean;
  /** @throws {RangeError} When the mask does not fit its labels or the format. */
  write(mask: Mask, about: MaskAbout): Uint8Array;
  /** @throws {FormatError} When the bytes are not of this format, or damaged. */
  read?(bytes: Uint8Array, options?: ReadCocoOptions): NamedMask;
  /** Whether bytes begin as this format does; a glance, no proof. */
  recognises(bytes: Uint8Array): boolean;
}

export const formats: Readonly<Record<FormatName, MaskFormat>> = {
  png: {
    words: "a black and white PNG",
    extension: ".mask.png",
    mediaType: "image/png",
    maxLabels: 2,
    holdsUnsure: false,
    write: writeMaskPng,
    read: readMaskPng,
    recognises: isPng,
  },
  "indexed-png": {
    words: "a PNG with a palette",
    extension: ".mask.png",
    mediaType: "image/png",
    maxLabels: 256,
    holdsUnsure: true,
    write: writeIndexedPng,
    read: readIndexedPng,
    recognises: isPng,
  },
  coco: {
    words: "COCO JSON",
    extension: ".coco.json",
    mediaType: "application/json",
    maxLabels: 256,
    holdsUnsure: false,
    write: writeCoco,
    read: readCoco,
    recognises: (bytes) => begins(bytes, /^\s*\{/),
  },
  svg: {
    words: "an SVG drawing",
    extension: ".mask.svg",
    mediaType: "image/svg+xml",
    maxLabels: 256,
    holdsUnsure: false,
    write: writeSvg,
    recognises: (bytes) => begins(bytes, /^\s*<(?:\?xml|svg)[\s>]/),
  },
};

/** In the order in which a file name's ending chooses: the first that holds the labels. */
export const formatNames: readonly FormatName[] = ["png", "indexed-png", "coco", "svg"];

function begins(bytes: Uint8Array, pattern: RegExp): boolean {
  return pattern.test(new TextDecoder().decode(bytes.subarray(0, 64)));
}
