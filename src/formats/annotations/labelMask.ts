/** Between a mask of labels, as sessions have it, and the instances of an image. */

import type { Mask } from "../../image/pixels.ts";
import { runLengths } from "../../image/runLengths.ts";
import { checkMask, type MaskAbout } from "../namedMask.ts";
import type { AnnotatedImage, Instance } from "./annotations.ts";
import { runsOf } from "./region.ts";

/** The image of a mask: one instance per label that has pixels, but for the background. */
export function imageOfMask(mask: Mask, { labels, picture }: MaskAbout): AnnotatedImage {
  checkMask("imageOfMask", mask, labels);
  const { width, height, data } = mask;
  const present = new Set(data);
  const instances = labels.flatMap((category, label): Instance[] =>
    label > 0 && present.has(label)
      ? [{ category, region: { kind: "mask", runs: runLengths(mask, label) } }]
      : [],
  );
  return { name: picture, width, height, instances };
}

/**
 * One label per pixel, by category; later instances lie over earlier ones.
 *
 * @param labels `labels[0]` is the background; instances of categories that are not among them are
 *   left out. @default the background and the image's own categories, as they come
 */
export function labelMaskOf(
  image: AnnotatedImage,
  labels: readonly string[] = [
    "background",
    ...new Set(image.instances.map(({ category }) => category)),
  ],
): { readonly mask: Mask; readonly labels: readonly string[] } {
  if (labels.length > 256) {
    throw new RangeError(`labelMaskOf: expected at most 256 labels, got ${labels.length}.`);
  }
  const { width, height } = image;
  const data = new Uint8Array(width * height);
  for (const { category, region } of image.instances) {
    const label = labels.indexOf(category, 1);
    if (label !== -1) paintRuns(data, runsOf(region, image), label);
  }
  return { mask: { width, height, data }, labels };
}

/** Give a value to the pixels of runs, in row-major data. */
export function paintRuns(
  data: Uint8Array | Uint16Array,
  { width, height, counts }: { width: number; height: number; counts: readonly number[] },
  value: number,
): void {
  let at = 0;
  counts.forEach((count, i) => {
    if (i % 2 === 1) {
      for (let pixel = at; pixel < at + count; pixel++) {
        data[(pixel % height) * width + Math.floor(pixel / height)] = value;
      }
    }
    at += count;
  });
}
