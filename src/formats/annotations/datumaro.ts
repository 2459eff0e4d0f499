/**
 * Datumaro's JSON: labels by number, and items with masks (run lengths as COCO's), polygons, boxes and
 * points.
 *
 * @see https://open-edge-platform.github.io/datumaro/, "Datumaro format"
 */

import type { Size } from "../../image/pixels.ts";
import { runLengthString } from "../../image/runLengthString.ts";
import { runLengthsOfSegmentation } from "../cocoSegmentation.ts";
import { FormatError } from "../formatError.ts";
import { jsonElements } from "../jsonElements.ts";
import { at, type Field, listAt, numberAt, textAt, wholeAt, wrong } from "../jsonFields.ts";
import type { AnnotationFormat, ReadOptions, WriteOptions } from "./annotationFormat.ts";
import type { AnnotatedImage, AnnotationSet, Category, Instance, Region } from "./annotations.ts";
import { withAttributes } from "./attributes.ts";
import { beginning } from "./beginning.ts";
import { categoryNumbers } from "./categoryNumbers.ts";
import { bytesOfTexts, type FileSource, pathsEnding, stem } from "./files.ts";
import { inFile } from "./inFile.ts";
import { imageNotesAt, isGiven, numbersAt } from "./notes.ts";
import { oneRing } from "./oneRing.ts";
import { areaOf, maskRegion } from "./region.ts";
import { imageName } from "./relativePath.ts";
import { sizeOfFields } from "./sizeAt.ts";
import { notesOfTexts } from "./textAttributes.ts";

export const datumaro: AnnotationFormat = {
  words: "Datumaro JSON",
  extension: ".json",
  holds: { pixels: "masks and polygons", overlaps: true, boxes: true, points: true },
  recognises: async (files) => {
    const [first] = pathsEnding(files, ".json");
    return first !== undefined && /"items"\s*:\s*\[/.test(await beginning(files, first));
  },
  read,
  write: async function* (set, options = {}) {
    yield { path: "annotations/default.json", chunks: bytesOfTexts(document(set, options)) };
  },
};

async function* document(set: AnnotationSet, options: WriteOptions): AsyncGenerator<string> {
  const categories = categoryNumbers(set.categories, { first: 0, keep: false });
  yield '{"info":{},"items":[';
  let separator = "\n";
  let id = 0;
  for await (const image of set.images) {
    const annotations = image.instances.flatMap((instance) => {
      const shape = shapeOf(instance.region, options);
      if (shape === undefined) return [];
      const { group = 0, category, attributes = {}, isCrowd, score } = instance;
      const noted = {
        ...attributes,
        ...(isCrowd === true && { is_crowd: true }),
        ...(score !== undefined && { score }),
      };
      const label_id = categories.of(category);
      return [
        { id: instance.id ?? id++, group, label_id, z_order: 0, attributes: noted, ...shape },
      ];
    });
    const { name, width, height, attributes: attr = {} } = image;
    const about = {
      id: stem(name),
      annotations,
      attr,
      image: { path: name, size: [height, width] },
    };
    yield `${separator}${JSON.stringify(about)}`;
    separator = ",\n";
  }
  const labels = categories.all().map(({ name, supercategory = "" }) => ({
    name,
    parent: supercategory,
    attributes: [],
  }));
  yield `\n],"categories":${JSON.stringify({ label: { labels, attributes: [] } })}}\n`;
}

function shapeOf(
  region: Region,
  { polygons = false, tolerance = 0 }: WriteOptions,
): object | undefined {
  if (region.kind === "box") {
    const { left, top, width, height } = region;
    return { type: "bbox", bbox: [left, top, width, height] };
  }
  if (region.kind === "points") {
    const points = region.points.flatMap(({ x, y }) => [x, y]);
    return { type: "points", points, visibility: region.points.map(() => 2) };
  }
  if (region.kind === "mask" && !polygons) {
    const { width, height, counts } = region.runs;
    return { type: "mask", rle: { counts: runLengthString(counts), size: [height, width] } };
  }
  const ring = oneRing(region, tolerance);
  if (ring === undefined) return undefined;
  return { type: "polygon", points: ring.flatMap(({ x, y }) => [x, y]), area: areaOf(region) };
}

async function read(files: FileSource, options: ReadOptions = {}): Promise<AnnotationSet> {
  const paths = pathsEnding(files, ".json");
  const [path] = paths;
  if (path === undefined || paths.length > 1) {
    throw new FormatError(`expected one JSON file of Datumaro, got ${paths.length}. Name one.`);
  }
  // Items come first in the file, and need the labels.
  const categories: Category[] = [];
  for await (const { field } of jsonElements(path, files.stream(path), [
    "categories.label.labels",
  ])) {
    categories.push(inFile(path, () => categoryOf(field)));
  }
  const images = () => imagesIn(files, path, categories, options);
  return { categories, images: { [Symbol.asyncIterator]: images } };
}

function categoryOf(field: Field): Category {
  const parent = at(field, "parent").value;
  return {
    name: textAt(at(field, "name")),
    ...(typeof parent === "string" && parent !== "" && { supercategory: parent }),
  };
}

/** Read anew each time they are asked for. */
async function* imagesIn(
  files: FileSource,
  path: string,
  categories: readonly Category[],
  { passOver }: ReadOptions,
): AsyncGenerator<AnnotatedImage> {
  for await (const { field: item } of jsonElements(path, files.stream(path), ["items"])) {
    const image = inFile(path, () => imageIn(item, categories, passOver));
    if (image === undefined) passOver?.("items without an image");
    else yield image;
  }
}

function imageIn(
  item: Field,
  categories: readonly Category[],
  passOver: ReadOptions["passOver"],
): AnnotatedImage | undefined {
  const image = at(item, "image");
  if (!isGiven(image)) return undefined;
  const [height, width] = listAt(at(image, "size"));
  if (width === undefined) throw wrong(at(image, "size"), "[height, width]");
  const size = sizeOfFields(width, height);
  const noted = { value: { attributes: at(item, "attr").value }, path: item.path };
  return {
    name: imageName(at(image, "path")),
    ...size,
    ...imageNotesAt(noted, passOver),
    instances: listAt(at(item, "annotations")).flatMap((field) =>
      instanceIn(field, size, categories, passOver),
    ),
  };
}

function instanceIn(
  field: Field,
  size: Size,
  categories: readonly Category[],
  passOver: ReadOptions["passOver"],
): readonly Instance[] {
  const region = regionIn(field, size);
  if (region === undefined) {
    passOver?.(`annotations of the kind ${JSON.stringify(at(field, "type").value)}`);
    return [];
  }
  const label = at(field, "label_id");
  const category = categories[wholeAt(label, 0)];
  if (category === undefined) throw wrong(label, `a label from 0 to ${categories.length - 1}`);
  const [group, id] = [at(field, "group"), at(field, "id")];
  const attributes = imageNotesAt(field, passOver).attributes ?? {};
  const noted = Object.entries(attributes).map(
    ([name, value]) => [name, { value, path: field.path }] as const,
  );
  const { attributes: others = {}, ...notes } = notesOfTexts(noted);
  return [
    {
      category: category.name,
      region,
      ...(isGiven(group) && wholeAt(group, 0) > 0 && { group: wholeAt(group, 0) }),
      ...(Number.isSafeInteger(id.value) && { id: numberAt(id) }),
      ...notes,
      ...withAttributes(others),
    },
  ];
}

function regionIn(field: Field, size: Size): Region | undefined {
  switch (at(field, "type").value) {
    case "mask":
      return maskRegion(runLengthsOfSegmentation(at(field, "rle"), size));
    case "polygon":
      return { kind: "polygons", parts: [{ outer: cornersIn(at(field, "points")), holes: [] }] };
    case "bbox": {
      const [left, top, width, height] = numbersAt(at(field, "bbox"), 4);
      return { kind: "box", left, top, width, height };
    }
    case "points":
      return {
        kind: "points",
        points: cornersIn(at(field, "points")).map(({ x, y }) => ({ x, y })),
      };
    default:
      return undefined;
  }
}

/** x, y, x, y … */
function cornersIn(field: Field) {
  const numbers = listAt(field).map(numberAt);
  if (numbers.length % 2 === 1) throw wrong(field, "x and y in turn");
  return Array.from({ length: numbers.length / 2 }, (_, i) => ({
    unit: "corner" as const,
    x: numbers[2 * i],
    y: numbers[2 * i + 1],
  }));
}
