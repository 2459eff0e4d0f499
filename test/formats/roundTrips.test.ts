/** What is written in a format comes back: the promise of every one of them. */

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type AnnotationFormatName,
  type Annotations,
  annotationFormatNames,
  annotationFormats,
  filesInMemory,
  gathered,
  type Kept,
  outlinesOf,
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

/** Sets whose objects lie over one another: those of two images in one. */
const overlapping = dataSets.map(({ categories, images }) => {
  const [first] = images;
  const same = images.filter(
    ({ width, height }) => width === first.width && height === first.height,
  );
  const shifted = first.instances.map((instance) => ({ ...instance, category: "shadow" }));
  const instances = [...same.flatMap((image) => image.instances), ...shifted];
  return { categories: [...categories, { name: "shadow" }], images: [{ ...first, instances }] };
});

const WITH_OVERLAPS = annotationFormatNames.filter(
  (name) => annotationFormats[name].holds.overlaps,
);

test.each(WITH_OVERLAPS)("%s: objects that lie over one another stay whole", async (name) => {
  await fc.assert(
    fc.asyncProperty(overlapping, async (set) => {
      for (const { what, total, kept } of await through(name, set)) {
        if (what !== "categories") expect({ what, kept }).toEqual({ what, kept: total });
      }
    }),
    { numRuns: 20 },
  );
});

const WITH_POLYGONS = annotationFormatNames.filter(
  (name) => annotationFormats[name].holds.pixels !== "masks",
);

test.each(WITH_POLYGONS)("%s: masks written as polygons hold the same pixels", async (name) => {
  await fc.assert(
    fc.asyncProperty(dataSets, async (set) => {
      const kept = await through(name, set, { polygons: true });
      const masks = kept.filter(({ what }) => what.startsWith("masks"));
      expect(masks.map(({ what }) => what)).toEqual(
        set.images.some(({ instances }) => instances.length > 0)
          ? [name === "maskwise" ? "masks, pixel by pixel" : "masks, as polygons"]
          : [],
      );
      for (const { total, kept, iou } of masks) {
        expect({ kept, least: iou?.least }).toEqual({ kept: total, least: 1 });
      }
    }),
    { numRuns: 30 },
  );
});

test("with a tolerance no corner of a mask's outline is farther from the polygon than that", async () => {
  const tolerances = fc.constantFrom(0.75, 1, 2.5);
  await fc.assert(
    fc.asyncProperty(dataSets, tolerances, async (set, tolerance) => {
      const [image] = set.images;
      const exact = { categories: [], images: [image] };
      for (const [i, { region }] of image.instances.entries()) {
        const files = await written(
          annotationFormats.geojson.write(exact, { tolerance, polygons: true }),
        );
        const { images } = await gathered(
          await annotationFormats.geojson.read(filesInMemory(files)),
        );
        const rings = outlinesOf(images[0].instances[i].region).map(({ outer }) => outer);
        for (const { outer } of outlinesOf(region)) {
          for (const corner of outer) {
            const distance = Math.min(...rings.map((ring) => distanceToRing(corner, ring)));
            expect(distance).toBeLessThanOrEqual(tolerance + 1e-9);
          }
        }
      }
    }),
    { numRuns: 20 },
  );
});

type Position = { readonly x: number; readonly y: number };

function distanceToRing({ x, y }: Position, ring: readonly Position[]): number {
  return Math.min(
    ...ring.map((a, i) => {
      const b = ring[(i + 1) % ring.length];
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const length = dx * dx + dy * dy || 1;
      const t = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / length));
      return Math.hypot(x - a.x - t * dx, y - a.y - t * dy);
    }),
  );
}
