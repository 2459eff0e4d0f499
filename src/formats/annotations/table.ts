/** All formats of annotations, by name: one line each. */

import { FormatError } from "../formatError.ts";
import type { AnnotationFormat } from "./annotationFormat.ts";
import { coco, lvis } from "./coco/coco.ts";
import { cvat } from "./cvat.ts";
import { datumaro } from "./datumaro.ts";
import type { FileSource } from "./files.ts";
import { geojson } from "./geojson.ts";
import { labelme } from "./labelme.ts";
import { labelPng } from "./labelPng.ts";
import { labelStudio } from "./labelStudio.ts";
import { maskPngs } from "./maskPngs.ts";
import { npz } from "./npz.ts";
import { project } from "./project.ts";
import { svg } from "./svgSet.ts";
import { voc } from "./voc.ts";
import { yolo } from "./yolo.ts";

export type AnnotationFormatName =
  | "maskwise"
  | "coco"
  | "lvis"
  | "yolo"
  | "voc"
  | "labelme"
  | "cvat"
  | "label-studio"
  | "datumaro"
  | "geojson"
  | "svg"
  | "npz"
  | "png"
  | "label-png";

/** In the order in which files are asked whether they are of it: those with the most marks first. */
export const annotationFormats: Readonly<Record<AnnotationFormatName, AnnotationFormat>> = {
  maskwise: project,
  datumaro,
  lvis,
  coco,
  "label-studio": labelStudio,
  labelme,
  geojson,
  cvat,
  voc,
  svg,
  npz,
  yolo,
  png: maskPngs,
  "label-png": labelPng,
};

export const annotationFormatNames: readonly AnnotationFormatName[] = Object.keys(
  annotationFormats,
) as AnnotationFormatName[];

/**
 * Which format files are of.
 *
 * @throws {FormatError} None of them.
 */
export async function recognisedFormat(files: FileSource): Promise<AnnotationFormatName> {
  for (const name of annotationFormatNames) {
    if (await annotationFormats[name].recognises(files)) return name;
  }
  const some = files.paths.slice(0, 3).join(", ");
  throw new FormatError(
    `expected annotations of a known format (${annotationFormatNames.join(", ")}), got ${files.paths.length} files${some && `, such as ${some}`}. Say which it is.`,
  );
}
