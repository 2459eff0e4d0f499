/** Where all results of a batch go: written beside, and put into place at once. */

import {
  type AnnotatedImage,
  type AnnotationFormatName,
  annotationFormats,
  type Category,
} from "../../formats/index.ts";
import { stagedFiles } from "../../node/index.ts";
import { formatOfOutput } from "../formatOfOutput.ts";

/** The format that an output's name asks for: of JSON COCO's, of a folder masks as PNG. */
export function chosenFormat(out: string): AnnotationFormatName {
  return formatOfOutput(out) ?? (/\.json$/i.test(out) ? "coco" : "png");
}

export interface ToWrite {
  readonly format: AnnotationFormatName;
  readonly categories: readonly Category[];
  readonly images: AsyncIterable<AnnotatedImage>;
  /** Where it is written first, on the same disk. */
  readonly stageIn: string;
  /** Whether what is there may be replaced. */
  readonly replace: boolean;
}

/** @throws {Error} It cannot be written there; then nothing is. */
export async function writeResults(
  out: string,
  { format, categories, images, stageIn, replace }: ToWrite,
): Promise<void> {
  const { write, extension } = annotationFormats[format];
  const staged = await stagedFiles(out, write({ categories, images }), {
    ...(extension && { extension }),
    replace,
    stageIn,
  });
  try {
    await staged.publish();
  } finally {
    await staged.discard();
  }
}
