/**
 * Black and white masks: one PNG per object, so that objects may overlap. `masks.json` says what they
 * are; without it every PNG is one object of an image of its name.
 */

import { runLengths } from "../../image/runLengths.ts";
import { FormatError } from "../formatError.ts";
import { at, wrong } from "../jsonFields.ts";
import { readMaskPng } from "../maskPng.ts";
import { encodePng } from "../png.ts";
import type { AnnotationFormat, ReadOptions } from "./annotationFormat.ts";
import type { AnnotatedImage, AnnotationSet, Instance } from "./annotations.ts";
import { type FileSource, type OutputFile, stem } from "./files.ts";
import { imageFinder } from "./imageOfFile.ts";
import { told } from "./inFile.ts";
import { firstPngIs, maskPaths } from "./labelPng.ts";
import { notesAt, notesOf } from "./notes.ts";
import { maskOf, maskRegion } from "./region.ts";
import { fileNameOf } from "./relativePath.ts";
import { fileAt, indexEntry, indexFile, readIndexedSet, saysFormat } from "./sidecar.ts";

const INDEX = "masks.json";
const FORMAT = "maskwise masks";

export const maskPngs: AnnotationFormat = {
  words: "black and white masks as PNG, one per object",
  holds: { pixels: "masks", overlaps: true, boxes: false, points: false },
  recognises: async (files) =>
    (await saysFormat(files, INDEX, FORMAT)) ||
    (await firstPngIs(files, (kind) => kind === "black and white")),
  read,
  write,
};

async function* write(set: AnnotationSet): AsyncGenerator<OutputFile> {
  const entries: string[] = [];
  const folders = new Set<string>();
  for await (const image of set.images) {
    const folder = folders.has(stem(image.name)) ? `${image.name}.masks` : stem(image.name);
    folders.add(folder);
    const instances: object[] = [];
    for (const instance of image.instances) {
      if (instance.region.kind !== "mask" && instance.region.kind !== "polygons") continue;
      const number = `${instances.length + 1}`.padStart(3, "0");
      const file = `${folder}/${number} ${fileNameOf(instance.category)}.png`;
      const { width, height, data } = maskOf(instance.region, image);
      const white = data.map((inside) => inside * 255);
      yield { path: file, chunks: [encodePng({ width, height, channels: 1, data: white })] };
      instances.push({ file, ...notesOf(instance) });
    }
    entries.push(indexEntry(image, { instances }));
  }
  yield indexFile(INDEX, FORMAT, set.categories, entries);
}

async function read(files: FileSource, options: ReadOptions = {}): Promise<AnnotationSet> {
  if (!files.paths.includes(INDEX)) return foreign(files, options);
  return readIndexedSet(files, INDEX, FORMAT, options, async ({ width, height, instances }) => {
    const read: Instance[] = [];
    for (const field of instances) {
      const file = at(field, "file");
      const { mask } = readMaskPng(await files.read(fileAt(files, file)));
      if (mask.width !== width || mask.height !== height) {
        throw wrong(file, `a mask of ${width}×${height}`);
      }
      read.push({ ...notesAt(field, options.passOver), region: maskRegion(runLengths(mask)) });
    }
    return read;
  });
}

async function foreign(files: FileSource, options: ReadOptions): Promise<AnnotationSet> {
  const find = await imageFinder(files, options);
  async function* images(): AsyncGenerator<AnnotatedImage> {
    for (const path of maskPaths(files)) {
      try {
        const { mask } = readMaskPng(await files.read(path));
        const { width, height } = mask;
        const runs = runLengths(mask);
        const hasPixels = runs.counts.length > 1;
        yield {
          name: find(path)?.name ?? path,
          width,
          height,
          instances: hasPixels ? [{ category: "object", region: maskRegion(runs) }] : [],
        };
      } catch (cause) {
        throw told(path, cause);
      }
    }
  }
  if (maskPaths(files).length === 0) {
    throw new FormatError("expected masks as PNG files, got none.");
  }
  return { categories: [{ name: "object" }], images: images() };
}
