import fc from "fast-check";
import { expect, test } from "vitest";
import { labelMaskOf } from "../formats/annotations/labelMask.ts";
import { maskOf } from "../formats/annotations/region.ts";
import { imageOfObjects } from "./found.ts";
import { masksAsObjects } from "./masksAsObjects.ts";

const SIZE = { width: 5, height: 4 };
const PIXELS = 20;
const JOB = { id: 12, picture: "a/b.jpg", objects: [] };

const pixels = fc
  .array(fc.nat(1), { minLength: PIXELS, maxLength: PIXELS })
  .map((bits) => ({ ...SIZE, data: Uint8Array.from(bits) }));

const found = fc.array(fc.record({ category: fc.constantFrom("cat", "dog"), mask: pixels }), {
  maxLength: 4,
});

function imageOf(
  objects: readonly { category: string; mask: typeof SIZE & { data: Uint8Array } }[],
) {
  return imageOfObjects(
    JOB,
    SIZE,
    objects.map(({ category }, id) => ({ id, category })),
    objects.map(({ mask }) => mask),
  );
}

test("every object with pixels is an instance with exactly these pixels, overlaps and all", () => {
  fc.assert(
    fc.property(found, (objects) => {
      const { instances, ...about } = imageOf(objects);
      expect(about).toEqual({ id: 12, name: "a/b.jpg", ...SIZE });
      const own = [...objects.entries()].filter(([, { mask }]) => mask.data.includes(1));
      expect(instances.map(({ id }) => id).sort()).toEqual(own.map(([id]) => id));
      for (const { id = -1, category, region } of instances) {
        expect(category).toBe(objects[id].category);
        expect(maskOf(region, SIZE).data).toEqual(objects[id].mask.data);
      }
    }),
  );
});

test("with one label per pixel the smallest object there has it, of equals the later", () => {
  fc.assert(
    fc.property(found, (objects) => {
      const { mask } = labelMaskOf(imageOf(objects), ["background", "cat", "dog"]);
      const areas = objects.map(({ mask }) => mask.data.filter((value) => value === 1).length);
      mask.data.forEach((value, at) => {
        const here = objects.flatMap(({ category, mask }, i) =>
          mask.data[at] === 1 ? [{ value: category === "cat" ? 1 : 2, area: areas[i] }] : [],
        );
        const least = Math.min(...here.map(({ area }) => area));
        const smallest = here.filter(({ area }) => area === least).map((each) => each.value);
        expect(value).toBe(smallest.at(-1) ?? 0);
      });
    }),
  );
});

test("each label of a mask is an object; without names the only one is called object", () => {
  const mask = (...data: number[]) => ({
    mask: { width: 2, height: 2, data: Uint8Array.from(data) },
  });
  const names = (...masks: Parameters<typeof masksAsObjects>[0]) =>
    masksAsObjects(masks).map(({ category }) => category);
  expect(names(mask(0, 1, 1, 0))).toEqual(["object"]);
  expect(names(mask(0, 1, 3, 0), mask(1, 0, 0, 0))).toEqual(["label 1", "label 3", "object"]);
  expect(names({ ...mask(0, 2, 1, 0), labels: ["background", "cat", "dog"] })).toEqual([
    "cat",
    "dog",
  ]);
  expect(names(mask(0, 0, 0, 0))).toEqual([]);
});
