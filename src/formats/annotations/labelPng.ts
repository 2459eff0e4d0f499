/**
 * Label maps: one grey PNG per image whose values number the objects, 0 the background; of 8 bits, or
 * of 16 where there are more than 255. `labels.json` says what the numbers mean; without it every
 * number is an object of the category `label 7`.
 */

import { FormatError } from "../formatError.ts";
import { at, wholeAt, wrong } from "../jsonFields.ts";
import { encodePng } from "../png.ts";
import type { AnnotationFormat, ReadOptions } from "./annotationFormat.ts";
import type { AnnotatedImage, AnnotationSet, Instance } from "./annotations.ts";
import { type FileSource, type OutputFile, pathsEnding } from "./files.ts";
import { imageFinder, pathsFor } from "./imageOfFile.ts";
import { told } from "./inFile.ts";
import { paintRuns } from "./labelMask.ts";
import { labelPixelsOfPng, runsByLabel } from "./labelPixels.ts";
import { notesAt, notesOf } from "./notes.ts";
import { boxOf, maskRegion, runsOf } from "./region.ts";
import { fileAt, indexEntry, indexFile, readIndexedSet, saysFormat } from "./sidecar.ts";

const INDEX = "labels.json";
const FORMAT = "maskwise labels";
const MAX_OBJECTS = 65535;

export const labelPng: AnnotationFormat = {
  words: "label maps as PNG, of 8 or 16 bits",
  holds: { pixels: "masks", overlaps: false, boxes: false, points: false },
  recognises: async (files) =>
    (await saysFormat(files, INDEX, FORMAT)) ||
    (await firstPngIs(files, (kind) => kind === "labels")),
  read,
  write,
};

async function* write(set: AnnotationSet): AsyncGenerator<OutputFile> {
  const pathOf = pathsFor(".png");
  const entries: string[] = [];
  for await (const image of set.images) {
    const file = pathOf(image.name);
    const { data, instances } = labelled(image);
    const { width, height } = image;
    yield { path: file, chunks: [encodePng({ width, height, channels: 1, data })] };
    entries.push(indexEntry(image, { file, instances }));
  }
  yield indexFile(INDEX, FORMAT, set.categories, entries);
}

/** The objects that have pixels, numbered from 1, the later over the earlier ones. */
function labelled(image: AnnotatedImage) {
  const { name, width, height } = image;
  const drawn = image.instances.filter(
    ({ region }) => (region.kind === "mask" || region.kind === "polygons") && boxOf(region),
  );
  if (drawn.length > MAX_OBJECTS) {
    throw new FormatError(
      `${name}: expected at most ${MAX_OBJECTS} objects in an image, got ${drawn.length}. Choose another format.`,
    );
  }
  const data = new (drawn.length > 255 ? Uint16Array : Uint8Array)(width * height);
  drawn.forEach(({ region }, i) => {
    paintRuns(data, runsOf(region, image), i + 1);
  });
  return {
    data,
    instances: drawn.map((instance, i) => ({ label: i + 1, ...notesOf(instance) })),
  };
}

async function read(files: FileSource, options: ReadOptions = {}): Promise<AnnotationSet> {
  if (!files.paths.includes(INDEX)) return foreign(files, options);
  return readIndexedSet(files, INDEX, FORMAT, options, async ({ width, height, ...image }) => {
    const file = at(image.entry, "file");
    const pixels = labelPixelsOfPng("label-png", await files.read(fileAt(files, file)));
    if (pixels.width !== width || pixels.height !== height) {
      throw wrong(file, `a label map of ${width}×${height}`);
    }
    const runs = runsByLabel(pixels);
    const empty = { width, height, counts: [width * height] };
    return image.instances.map((field): Instance => {
      const label = wholeAt(at(field, "label"), 1);
      return { ...notesAt(field, options.passOver), region: maskRegion(runs.get(label) ?? empty) };
    });
  });
}

async function foreign(files: FileSource, options: ReadOptions): Promise<AnnotationSet> {
  const find = await imageFinder(files, options);
  async function* images(): AsyncGenerator<AnnotatedImage> {
    for (const path of maskPaths(files)) {
      try {
        const pixels = labelPixelsOfPng("label-png", await files.read(path));
        const { width, height } = pixels;
        yield {
          name: find(path)?.name ?? path,
          width,
          height,
          instances: [...runsByLabel(pixels)].map(([label, runs]) => ({
            category: `label ${label}`,
            region: maskRegion(runs),
          })),
        };
      } catch (cause) {
        throw told(path, cause);
      }
    }
  }
  return { categories: [], images: images() };
}

/** PNG files that may be masks: photos lie in a folder of their own. */
export function maskPaths(files: FileSource): readonly string[] {
  return pathsEnding(files, ".png").filter((path) => !/(?:^|\/)images\//i.test(path));
}

/** Whether the first PNG of files is a black and white mask, or a map of labels. */
export async function firstPngIs(
  files: FileSource,
  wanted: (kind: "black and white" | "labels") => boolean,
): Promise<boolean> {
  const [path] = maskPaths(files);
  if (path === undefined) return false;
  try {
    const { data, hasPalette } = labelPixelsOfPng("label-png", await files.read(path));
    const isWhite = data.includes(255) && data.every((value: number) => value % 255 === 0);
    return wanted(isWhite && !hasPalette ? "black and white" : "labels");
  } catch (cause) {
    if (cause instanceof FormatError) return false;
    throw cause;
  }
}
