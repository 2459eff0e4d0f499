/** Run lengths and polygons beside those of COCO's own tools, byte by byte. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  type AnnotatedImage,
  annotationFormats,
  filesInMemory,
  gathered,
  maskOf,
  maskRegion,
  written,
} from "../../src/formats/index.ts";
import { type Mask, runLengths } from "../../src/image/index.ts";

interface Golden {
  readonly name: string;
  readonly size: readonly [number, number];
  readonly rows: readonly string[];
}

/** Made by golden/makePycocotools.py; the file says with which versions. */
const golden: {
  readonly masks: readonly (Golden & {
    readonly counts: string;
    readonly area: number;
    readonly bbox: readonly number[];
  })[];
  readonly polygons: readonly (Golden & { readonly polygons: readonly (readonly number[])[] })[];
  readonly uncompressed: {
    readonly size: readonly [number, number];
    readonly runs: readonly number[];
    readonly counts: string;
  };
} = JSON.parse(readFileSync(new URL("golden/pycocotools.json", import.meta.url), "utf8"));

function maskOfRows({ size: [height, width], rows }: Golden): Mask {
  return { width, height, data: Uint8Array.from(rows.join(""), Number) };
}

async function annotationsOf(instance: object, size: readonly number[]): Promise<AnnotatedImage> {
  const [height, width] = size;
  const document = {
    images: [{ id: 1, file_name: "a.png", width, height }],
    categories: [{ id: 1, name: "thing" }],
    annotations: [{ id: 1, image_id: 1, category_id: 1, ...instance }],
  };
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  const files = filesInMemory(new Map([["a.json", bytes]]));
  const { images } = await gathered(await annotationFormats.coco.read(files));
  return images[0];
}

async function cocoOf(image: AnnotatedImage, polygons: boolean) {
  const set = { categories: [], images: [image] };
  const files = await written(annotationFormats.coco.write(set, { polygons }));
  const document = JSON.parse(new TextDecoder().decode(files.get("annotations.json")));
  return document.annotations[0];
}

function imageOf(mask: Mask): AnnotatedImage {
  const { width, height } = mask;
  const region = maskRegion(runLengths(mask));
  return { name: "a.png", width, height, instances: [{ category: "thing", region }] };
}

test.each(golden.masks)("$name: run lengths, area and box are pycocotools'", async (expected) => {
  const { segmentation, area, bbox } = await cocoOf(imageOf(maskOfRows(expected)), false);
  const { size, counts } = expected;
  expect({ segmentation, area, bbox }).toEqual({
    segmentation: { size, counts },
    area: expected.area,
    bbox: expected.bbox,
  });
});

test.each(golden.masks)("$name: pycocotools' run lengths are read", async (expected) => {
  const { size, counts } = expected;
  const image = await annotationsOf({ segmentation: { size, counts } }, size);
  expect(maskOf(image.instances[0].region, image)).toEqual(maskOfRows(expected));
});

test.each(golden.polygons)(
  "$name: polygons hold the pixels pycocotools gives them",
  async (expected) => {
    const { size, polygons } = expected;
    const image = await annotationsOf({ segmentation: polygons }, size);
    expect(maskOf(image.instances[0].region, image)).toEqual(maskOfRows(expected));
  },
);

test.each(golden.polygons)(
  "$name: a mask with it is written as those polygons",
  async (expected) => {
    const { segmentation } = await cocoOf(imageOf(maskOfRows(expected)), true);
    const again = await annotationsOf({ segmentation }, expected.size);
    expect(maskOf(again.instances[0].region, again)).toEqual(maskOfRows(expected));
    expect(segmentation.map((ring: readonly number[]) => ring.length)).toEqual(
      expected.polygons.map((ring) => ring.length),
    );
  },
);

test("run lengths as numbers become those as text", async () => {
  const { size, runs, counts } = golden.uncompressed;
  const image = await annotationsOf({ segmentation: { size, counts: runs } }, size);
  expect((await cocoOf(image, false)).segmentation).toEqual({ size, counts });
});
