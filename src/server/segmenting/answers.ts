/** What can be asked for of a session's mask, and how it is written: a total table. */

import type { Label } from "../../clicks/index.ts";
import { type FormatName, formats, writeGreyPng } from "../../formats/index.ts";
import type { Segmentation } from "../../session/index.ts";

export type Want =
  | {
      readonly kind: "mask";
      readonly format: FormatName;
      /** The picture's file name. */
      readonly picture: string;
    }
  | { readonly kind: "uncertainty" }
  | { readonly kind: "probability"; readonly label: Label };

interface Written {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

const answers: {
  readonly [Kind in Want["kind"]]: (
    found: Segmentation,
    want: Extract<Want, { kind: Kind }>,
  ) => Written;
} = {
  mask: ({ mask, labels }, { format, picture }) => ({
    bytes: formats[format].write(mask, { labels, picture }),
    mediaType: formats[format].mediaType,
  }),
  uncertainty: ({ uncertainty }) => ({ bytes: writeGreyPng(uncertainty), mediaType: "image/png" }),
  probability: (found, { label }) => ({
    bytes: writeGreyPng(found.probability(label)),
    mediaType: "image/png",
  }),
};

export function writeAnswer(found: Segmentation, want: Want): Written {
  // Each kind has its own line in the table, which the types above make sure of.
  const write = answers[want.kind] as (found: Segmentation, want: Want) => Written;
  return write(found, want);
}
