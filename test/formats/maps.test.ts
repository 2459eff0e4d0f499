/** GeoJSON in the coordinates of a map, from GeoTIFFs and world files. */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesInMemory, imageInfos } from "../../src/formats/index.ts";
import { type } from "../cli/typed.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** A GeoTIFF of 4×5 pixels by tifffile; see golden/makeSamples.py. */
const { geotiff } = JSON.parse(
  readFileSync(new URL("golden/samples.json", import.meta.url), "utf8"),
) as { geotiff: { base64: string; transform: readonly number[]; crs: string } };
const TIFF = new Uint8Array(Buffer.from(geotiff.base64, "base64"));

test("a GeoTIFF says where it is, and in which system of coordinates", async () => {
  const infos = await imageInfos(filesInMemory(new Map([["a/field.tif", TIFF]])));
  const { transform, crs } = geotiff;
  expect(infos.get("a/field.tif")).toEqual({
    width: 4,
    height: 5,
    georeference: { transform, crs },
  });
});

test("a world file beside an image counts from the centre of its first pixel", async () => {
  const world = new TextEncoder().encode("0.5\n0\n0\n-0.25\n400000.25\n4999999.875\n");
  const files = new Map([
    ["field.tif", TIFF],
    ["field.tfw", world],
  ]);
  const infos = await imageInfos(filesInMemory(files));
  expect(infos.get("field.tif")?.georeference).toEqual({ transform: geotiff.transform });
});

test("a world file that is none is told", async () => {
  const files = new Map([
    ["field.tif", TIFF],
    ["field.tfw", new TextEncoder().encode("0.5 0 0")],
  ]);
  await expect(imageInfos(filesInMemory(files))).rejects.toThrow(
    "field.tfw: expected the six numbers of a world file, got 3.",
  );
});

test("objects go to the map and come back to their pixels", async () => {
  const folder = temporaryFolder();
  const [photos, coco, map, back] = ["photos", "coco.json", "map", "back.json"].map((name) =>
    join(folder, name),
  );
  mkdirSync(photos);
  writeFileSync(join(photos, "field.tif"), TIFF);
  const document = {
    images: [{ id: 1, file_name: "field.tif", width: 4, height: 5 }],
    categories: [{ id: 1, name: "wheat" }],
    // A ring around one pixel.
    annotations: [
      {
        id: 1,
        image_id: 1,
        category_id: 1,
        segmentation: { size: [5, 4], counts: [0, 3, 2, 1, 1, 1, 2, 3, 7] },
      },
    ],
  };
  writeFileSync(coco, JSON.stringify(document));
  const there = await type(["convert", coco, map, "--to", "geojson", "--images", photos]);
  expect(there.talk).toBe(`wrote ${map}: nothing was lost\n`);
  const written = JSON.parse(readFileSync(join(map, "field.geojson"), "utf8"));
  expect(written.crs.properties.name).toBe("EPSG:32633");
  expect(written.features[0].geometry.coordinates).toEqual([
    // Counter-clockwise on the map, and the hole the other way.
    [
      [400001.5, 5000000],
      [400000, 5000000],
      [400000, 4999999.25],
      [400001.5, 4999999.25],
      [400001.5, 5000000],
    ],
    [
      [400001, 4999999.5],
      [400000.5, 4999999.5],
      [400000.5, 4999999.75],
      [400001, 4999999.75],
      [400001, 4999999.5],
    ],
  ]);
  const again = await type(["convert", map, back, "--to", "coco", "--polygons"]);
  expect(again.code).toBe(0);
  const { annotations } = JSON.parse(readFileSync(back, "utf8"));
  expect(annotations[0].area).toBe(8);
});

test("GeoJSON of another program is read through the image that it is of", async () => {
  const folder = temporaryFolder();
  const [photos, map, out] = ["photos", "field.geojson", "out.json"].map((name) =>
    join(folder, name),
  );
  mkdirSync(photos);
  writeFileSync(join(photos, "field.tif"), TIFF);
  const square = [400000, 400001, 400001, 400000, 400000].map((x, i) => [
    x,
    [5000000, 5000000, 4999999.5, 4999999.5, 5000000][i],
  ]);
  const feature = {
    type: "Feature",
    properties: { class: "wheat" },
    geometry: { type: "Polygon", coordinates: [square] },
  };
  writeFileSync(map, JSON.stringify({ type: "FeatureCollection", features: [feature] }));
  expect((await type(["convert", map, out, "--to", "coco"])).talk).toContain(
    "Name the folder with the images.",
  );
  const { code } = await type(["convert", map, out, "--to", "coco", "--images", photos]);
  expect(code).toBe(0);
  const { annotations, categories } = JSON.parse(readFileSync(out, "utf8"));
  expect(categories.map(({ name }: { name: string }) => name)).toEqual(["wheat"]);
  expect(annotations[0].bbox).toEqual([0, 0, 2, 2]);
});
