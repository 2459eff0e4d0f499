/** Annotations as they come: holes, islands, touching objects, single pixels, image borders. */

import fc from "fast-check";
import type { AnnotatedImage, Annotations, Instance } from "../../src/formats/index.ts";
import { maskRegion } from "../../src/formats/index.ts";
import { type Mask, runLengths } from "../../src/image/index.ts";

const SIDE = { min: 1, max: 24 };
const CATEGORIES = ["cat", "dog", "zebra crossing"];

/** Label masks with blobs, holes and single pixels; labels 1 to `labels` touch one another. */
function labelMasks(labels: number): fc.Arbitrary<Mask> {
  return fc
    .record({
      width: fc.integer(SIDE),
      height: fc.integer(SIDE),
      rectangles: fc.array(
        fc.tuple(
          fc.integer({ min: 0, max: labels }),
          fc.nat(SIDE.max),
          fc.nat(SIDE.max),
          fc.integer({ min: 1, max: 12 }),
          fc.integer({ min: 1, max: 12 }),
        ),
        { minLength: 1, maxLength: 10 },
      ),
      specks: fc.array(fc.tuple(fc.integer({ min: 0, max: labels }), fc.nat()), { maxLength: 12 }),
    })
    .map(({ width, height, rectangles, specks }) => {
      const data = new Uint8Array(width * height);
      for (const [label, left, top, across, down] of rectangles) {
        for (let y = top; y < Math.min(height, top + down); y++) {
          for (let x = left; x < Math.min(width, left + across); x++) data[y * width + x] = label;
        }
      }
      for (const [label, at] of specks) data[at % data.length] = label;
      return { width, height, data };
    });
}

/** Images whose objects share no pixel, as one label map tells them apart. */
const apartImages: fc.Arbitrary<AnnotatedImage> = fc
  .tuple(labelMasks(6), fc.array(fc.constantFrom(...CATEGORIES), { minLength: 6, maxLength: 6 }))
  .map(([mask, categories]) => ({
    name: "pets.png",
    width: mask.width,
    height: mask.height,
    instances: categories.flatMap((category, i): Instance[] =>
      mask.data.includes(i + 1) ? [{ category, region: maskRegion(runLengths(mask, i + 1)) }] : [],
    ),
  }));

/** Data sets of a few such images, with names in folders. */
export const dataSets: fc.Arbitrary<Annotations> = fc
  .array(apartImages, { minLength: 1, maxLength: 3 })
  .map((images) => ({
    categories: CATEGORIES.map((name) => ({ name })),
    images: images.map((image, i) => ({ ...image, name: `train/pets ${i}.png` })),
  }));
