/** All formats of annotations, by name: one line each. */

import { FormatError } from "../formatError.ts";
import type { AnnotationFormat } from "./annotationFormat.ts";
import { coco, lvis } from "./coco/coco.ts";
import type { FileSource } from "./files.ts";

export type AnnotationFormatName = "lvis" | "coco";

/** In the order in which files are asked whether they are of it: those with the most marks first. */
export const annotationFormats: Readonly<Record<AnnotationFormatName, AnnotationFormat>> = {
  lvis,
  coco,
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
