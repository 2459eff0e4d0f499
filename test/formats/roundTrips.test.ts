/** What is written in a format comes back: the promise of every one of them. */

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type AnnotationFormatName,
  type Annotations,
  annotationFormatNames,
  annotationFormats,
  filesInMemory,
  type Kept,
  recognisedFormat,
  type WriteOptions,
  whatWasKept,
  written,
} from "../../src/formats/index.ts";
import { dataSets } from "../support/arbitraryAnnotations.ts";

/** What was kept of a set that went through a format. */
async function through(
  name: AnnotationFormatName,
  set: Annotations,
  options: WriteOptions = {},
): Promise<readonly Kept[]> {
  const files = filesInMemory(await written(annotationFormats[name].write(set, options)));
  const images = new Map(set.images.map((image) => [image.name, image]));
  return whatWasKept(set, await annotationFormats[name].read(files, { images }));
}

/** Each run is up to three images, so that a format sees at least 500 masks. */
const RUNS = 170;

test.each(annotationFormatNames)("%s: every mask comes back pixel by pixel", async (name) => {
  await fc.assert(
    fc.asyncProperty(dataSets, async (set) => {
      for (const { what, total, kept, iou } of await through(name, set)) {
        // Some formats know only the categories that objects have.
        if (what === "categories") continue;
        expect({ what, kept, iou: iou?.least ?? 1 }).toEqual({ what, kept: total, iou: 1 });
      }
    }),
    { numRuns: RUNS },
  );
});

test.each(annotationFormatNames)("%s: what it writes is recognised as its own", async (name) => {
  await fc.assert(
    fc.asyncProperty(dataSets, async (set) => {
      const files = filesInMemory(await written(annotationFormats[name].write(set)));
      expect(await recognisedFormat(files)).toBe(name);
    }),
    { numRuns: 10 },
  );
});
