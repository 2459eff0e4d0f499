/**
 * COCO JSON, written as the images come: annotations first, then the images and categories that were
 * met, so that nothing but those is held.
 */

import { runLengthString } from "../../../image/runLengthString.ts";
import type { WriteOptions } from "../annotationFormat.ts";
import type { AnnotatedImage, AnnotationSet, Attributes, Instance } from "../annotations.ts";
import { bridgedRing } from "../bridgedRing.ts";
import { type CategoryNumbers, categoryNumbers, freeNumbers } from "../categoryNumbers.ts";
import { bytesOfTexts, type OutputFile } from "../files.ts";
import { areaOf, boxOf, outlinesOf } from "../region.ts";

/** What stands in the entries themselves, with what it is where nobody said; LVIS has more than COCO. */
export interface CocoDialect {
  readonly image: (name: string) => Attributes;
  readonly category: (name: string) => Attributes;
}

const COCO: CocoDialect = { image: () => ({}), category: () => ({}) };

export async function* writeCocoSet(
  path: string,
  set: AnnotationSet,
  options: WriteOptions,
  dialect: CocoDialect = COCO,
): AsyncGenerator<OutputFile> {
  yield { path, chunks: bytesOfTexts(document(set, options, dialect)) };
}

async function* document(
  set: AnnotationSet,
  options: WriteOptions,
  dialect: CocoDialect,
): AsyncGenerator<string> {
  const categories = categoryNumbers(set.categories);
  const imageNumber = freeNumbers();
  const annotationNumber = freeNumbers();
  const images: string[] = [];
  yield '{"info":{"description":"Masks made with maskwise"},"annotations":[';
  let separator = "\n";
  for await (const image of set.images) {
    const image_id = imageNumber(image.id);
    images.push(JSON.stringify(imageEntry(image, image_id, dialect)));
    for (const instance of image.instances) {
      const entry = annotationEntry(instance, image, categories, options);
      if (entry === undefined) continue;
      yield `${separator}${JSON.stringify({ id: annotationNumber(instance.id), image_id, ...entry })}`;
      separator = ",\n";
    }
  }
  yield `\n],"images":[\n${images.join(",\n")}\n],"categories":[\n`;
  yield categories
    .all()
    .map(({ id, name, supercategory = "", attributes = {} }) =>
      JSON.stringify({ id, name, supercategory, ...entryOf(attributes, dialect.category(name)) }),
    )
    .join(",\n");
  yield "\n]}\n";
}

function imageEntry(
  { name, width, height, attributes = {} }: AnnotatedImage,
  id: number,
  { image }: CocoDialect,
): object {
  return { id, file_name: name, width, height, ...entryOf(attributes, image(name)) };
}

/** Attributes of the dialect beside the rest, all others in an object of their own. */
function entryOf(attributes: Attributes, dialect: Attributes): object {
  const own = Object.entries(attributes).filter(([name]) => !(name in dialect));
  const beside = Object.entries(dialect).map(([name, value]) => [name, attributes[name] ?? value]);
  return {
    ...Object.fromEntries(beside),
    ...(own.length > 0 && { attributes: Object.fromEntries(own) }),
  };
}

function annotationEntry(
  instance: Instance,
  image: AnnotatedImage,
  categories: CategoryNumbers,
  options: WriteOptions,
): object | undefined {
  const { region, category, isCrowd = false, score, group, attributes } = instance;
  if (region.kind === "points") return undefined;
  const segmentation = segmentationOf(instance, image, options);
  const { left, top, width, height } = boxOf(region) ?? { left: 0, top: 0, width: 0, height: 0 };
  return {
    category_id: categories.of(category),
    segmentation,
    area: areaOf(region),
    bbox: [left, top, width, height],
    iscrowd: isCrowd ? 1 : 0,
    ...(score !== undefined && { score }),
    ...(group !== undefined && { group }),
    ...(attributes && { attributes }),
  };
}

function segmentationOf(
  { region, isCrowd = false }: Instance,
  { width, height }: AnnotatedImage,
  { polygons = false, tolerance = 0 }: WriteOptions,
): object {
  if (region.kind === "box") return [];
  // Readers take a crowd's pixels as runs, whatever else they take; and no pixels as runs only.
  if (region.kind === "polygons" || (polygons && !isCrowd)) {
    const rings = outlinesOf(region, tolerance).map((part) =>
      bridgedRing(part).flatMap(({ x, y }) => [x, y]),
    );
    if (rings.length > 0) return rings;
  }
  if (region.kind !== "mask") return [];
  return { size: [height, width], counts: runLengthString(region.runs.counts) };
}
