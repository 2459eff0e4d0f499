/** What can be asked for of a session's mask, and how it is written: a total table. */

import type { Label } from "../../clicks/index.ts";
import {
  type AnnotationFormatName,
  annotationFormats,
  type FormatName,
  formats,
  imageOfMask,
  type OutputFile,
  whole,
  writeGreyPng,
  written,
  zipped,
} from "../../formats/index.ts";
import type { Segmentation } from "../../session/index.ts";
import { type InteractorWant, interactorAnswer } from "../cvat/interactorAnswer.ts";
import { type PredictionWant, predictionAnswer } from "../labelStudio/predictionAnswer.ts";

export type Want =
  | {
      readonly kind: "mask";
      readonly format: FormatName;
      /** The picture's file name. */
      readonly picture: string;
      /** Pixels at least this undecided are left to nobody. */
      readonly unsure?: number | undefined;
    }
  | {
      readonly kind: "annotations";
      readonly format: AnnotationFormatName;
      readonly picture: string;
    }
  | { readonly kind: "uncertainty" }
  | { readonly kind: "probability"; readonly label: Label }
  | InteractorWant
  | PredictionWant;

interface Written {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

const answers: {
  readonly [Kind in Want["kind"]]: (
    found: Segmentation,
    want: Extract<Want, { kind: Kind }>,
  ) => Written | Promise<Written>;
} = {
  mask: ({ mask, labels }, { format, picture }) => ({
    bytes: formats[format].write(mask, { labels, picture }),
    mediaType: formats[format].mediaType,
  }),
  annotations: ({ mask, labels }, { format, picture }) => {
    const categories = labels.slice(1).map((name) => ({ name }));
    const images = [imageOfMask(mask, { labels, picture })];
    return oneFile(annotationFormats[format].write({ categories, images }));
  },
  uncertainty: ({ uncertainty }) => ({ bytes: writeGreyPng(uncertainty), mediaType: "image/png" }),
  probability: (found, { label }) => ({
    bytes: writeGreyPng(found.probability(label)),
    mediaType: "image/png",
  }),
  interactor: interactorAnswer,
  prediction: predictionAnswer,
};

export async function writeAnswer(found: Segmentation, want: Want): Promise<Written> {
  // Each kind has its own line in the table, which the types above make sure of.
  const write = answers[want.kind] as (
    found: Segmentation,
    want: Want,
  ) => Written | Promise<Written>;
  return write(found, want);
}

/** The one file of a format that needs no more, or all its files in an archive. */
async function oneFile(files: AsyncIterable<OutputFile>): Promise<Written> {
  const all = await written(files);
  const [[path, bytes] = ["", new Uint8Array()], ...more] = all;
  const mediaType = MEDIA_TYPES[path.slice(path.lastIndexOf("."))];
  if (more.length === 0 && mediaType !== undefined) return { bytes, mediaType };
  return { bytes: await whole(zipped(again(all))), mediaType: "application/zip" };
}

async function* again(files: ReadonlyMap<string, Uint8Array>): AsyncGenerator<OutputFile> {
  for (const [path, bytes] of files) yield { path, chunks: [bytes] };
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".json": "application/json",
  ".geojson": "application/geo+json",
  ".xml": "application/xml",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".npz": "application/octet-stream",
};

/** What `annotations` may be answered in. */
export const ANNOTATION_MEDIA_TYPES: readonly string[] = [
  ...new Set([...Object.values(MEDIA_TYPES), "application/zip"]),
];
