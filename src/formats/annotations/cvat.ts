/**
 * CVAT's XML 1.1 for images: masks as run lengths of their box, row by row; polygons, boxes, points.
 *
 * @see https://docs.cvat.ai/docs/manual/advanced/xml_format/
 */

import type { Size } from "../../image/pixels.ts";
import { runLengthsAt, runLengthsBox, runLengthsPart } from "../../image/runLengthsPart.ts";
import { FormatError } from "../formatError.ts";
import { type Field, numberAt, textAt, wholeAt, wrong } from "../jsonFields.ts";
import type { AnnotationFormat, ReadOptions, WriteOptions } from "./annotationFormat.ts";
import type { AnnotatedImage, AnnotationSet, Category, Instance, Region } from "./annotations.ts";
import { beginning } from "./beginning.ts";
import { categoryNumbers } from "./categoryNumbers.ts";
import { bytesOfTexts, type FileSource, pathsEnding } from "./files.ts";
import { told } from "./inFile.ts";
import { oneRing } from "./oneRing.ts";
import { maskRegion } from "./region.ts";
import { imageName } from "./relativePath.ts";
import { sizeOfFields } from "./sizeAt.ts";
import { notesOfTexts, textsOf } from "./textAttributes.ts";
import {
  asNumber,
  attribute,
  childrenOf,
  childText,
  escapedXml,
  tagAttributes,
  type XmlElement,
  xmlElements,
} from "./xml.ts";

export const cvat: AnnotationFormat = {
  words: "CVAT XML 1.1 for images",
  extension: ".xml",
  holds: { pixels: "masks and polygons", overlaps: true, boxes: true, points: true },
  recognises: async (files) => {
    const [first] = pathsEnding(files, ".xml");
    return first !== undefined && /<annotations[\s>]/.test(await beginning(files, first));
  },
  read,
  write: async function* (set, options = {}) {
    yield { path: "annotations.xml", chunks: bytesOfTexts(document(set, options)) };
  },
};

async function* document(
  set: AnnotationSet,
  { polygons = false, tolerance = 0 }: WriteOptions,
): AsyncGenerator<string> {
  const categories = categoryNumbers(set.categories, { keep: false });
  yield '<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n<version>1.1</version>\n';
  let id = 0;
  for await (const { name, width, height, instances } of set.images) {
    yield `<image${tagAttributes({ id: id++, name, width, height })}>\n`;
    for (const instance of instances) {
      categories.of(instance.category);
      yield shapeOf(instance, polygons, tolerance);
    }
    yield "</image>\n";
  }
  // Labels come last, so that those are among them which only objects name.
  const labels = categories
    .all()
    .map(({ name }) => `<label><name>${escapedXml(name)}</name></label>`);
  yield `<meta><task><labels>\n${labels.join("\n")}\n</labels></task></meta>\n</annotations>\n`;
}

function shapeOf(instance: Instance, polygons: boolean, tolerance: number): string {
  const shape = placeOf(instance.region, polygons, tolerance);
  if (shape === undefined) return "";
  const { category: label, attributes = {}, group } = instance;
  const { occluded = false, z_order = 0, ...others } = attributes;
  const tag = tagAttributes({
    label,
    source: "manual",
    occluded: occluded === true || occluded === 1 ? 1 : 0,
    ...shape.place,
    z_order: typeof z_order === "number" ? z_order : 0,
    ...(group !== undefined && { group_id: group }),
  });
  const texts = textsOf({ ...instance, attributes: others }).map(
    ([name, text]) => `<attribute${tagAttributes({ name })}>${escapedXml(text)}</attribute>`,
  );
  return `<${shape.name}${tag}>${texts.join("")}</${shape.name}>\n`;
}

interface Shape {
  readonly name: "mask" | "polygon" | "box" | "points";
  readonly place: Readonly<Record<string, string | number>>;
}

function placeOf(region: Region, polygons: boolean, tolerance: number): Shape | undefined {
  if (region.kind === "box") {
    const { left: xtl, top: ytl, width, height } = region;
    return { name: "box", place: { xtl, ytl, xbr: xtl + width, ybr: ytl + height } };
  }
  if (region.kind === "points") return { name: "points", place: { points: pairs(region.points) } };
  if (region.kind === "mask" && !polygons) return maskPlace(region);
  const ring = oneRing(region, tolerance);
  return ring && { name: "polygon", place: { points: pairs(ring) } };
}

function pairs(points: readonly { readonly x: number; readonly y: number }[]): string {
  return points.map(({ x, y }) => `${Number(x.toFixed(4))},${Number(y.toFixed(4))}`).join(";");
}

function maskPlace({ runs }: Extract<Region, { kind: "mask" }>): Shape | undefined {
  const box = runLengthsBox(runs);
  if (box === undefined) return undefined;
  const { data } = runLengthsPart(runs, box);
  const counts: number[] = [];
  let [inside, run] = [0, 0];
  for (const value of data) {
    if (value === inside) run++;
    else {
      counts.push(run);
      [inside, run] = [value, 1];
    }
  }
  counts.push(run);
  return { name: "mask", place: { rle: counts.join(", "), ...box } };
}

async function read(files: FileSource, options: ReadOptions = {}): Promise<AnnotationSet> {
  const paths = pathsEnding(files, ".xml");
  const [path] = paths;
  if (path === undefined || paths.length > 1) {
    throw new FormatError(`expected one XML file of CVAT, got ${paths.length}. Name one of them.`);
  }
  return { categories: await categoriesIn(files, path), images: imagesIn(files, path, options) };
}

/** Labels mostly stand at the beginning; here all of the file is looked through for them. */
async function categoriesIn(files: FileSource, path: string): Promise<readonly Category[]> {
  const found = new Map<string, Category>();
  const wanted = (name: string) => name === "label";
  for await (const label of xmlElements(path, files.stream(path), wanted)) {
    const name = childText(label, "name");
    if (typeof name.value === "string") found.set(name.value, { name: name.value });
  }
  return [...found.values()];
}

async function* imagesIn(
  files: FileSource,
  path: string,
  { passOver }: ReadOptions,
): AsyncGenerator<AnnotatedImage> {
  const wanted = (name: string, depth: number) =>
    (name === "image" || name === "track") && depth === 1;
  for await (const element of xmlElements(path, files.stream(path), wanted)) {
    if (element.name === "track") {
      passOver?.("tracks through videos");
      continue;
    }
    try {
      const size = sizeOfFields(
        asNumber(attribute(element, "width")),
        asNumber(attribute(element, "height")),
      );
      yield {
        name: imageName(attribute(element, "name")),
        ...size,
        instances: element.children.flatMap((shape) => instanceOf(shape, size, passOver)),
      };
    } catch (cause) {
      throw told(path, cause);
    }
  }
}

function instanceOf(
  shape: XmlElement,
  size: Size,
  passOver: ReadOptions["passOver"],
): readonly Instance[] {
  const region = regionOf(shape, size);
  if (region === undefined) {
    passOver?.(`shapes of the kind "${shape.name}"`);
    return [];
  }
  const group = asNumber(attribute(shape, "group_id"));
  const texts = childrenOf(shape, "attribute").map(
    (one) => [textAt(attribute(one, "name")), { value: one.text, path: one.path }] as const,
  );
  const marks = (["occluded", "z_order"] as const).flatMap((name) => {
    const { value, path } = asNumber(attribute(shape, name));
    if (typeof value !== "number" || value === 0) return [];
    return [[name, { value: name === "occluded" ? true : value, path }] as const];
  });
  return [
    {
      category: textAt(attribute(shape, "label")),
      region,
      ...(group.value !== undefined && { group: wholeAt(group, 0) }),
      ...notesOfTexts([...texts, ...marks]),
    },
  ];
}

function regionOf(shape: XmlElement, size: Size): Region | undefined {
  const number = (name: string) => numberAt(asNumber(attribute(shape, name)));
  switch (shape.name) {
    case "mask":
      return maskOfShape(shape, size);
    case "polygon": {
      const outer = pointsOf(attribute(shape, "points"));
      return { kind: "polygons", parts: [{ outer, holes: [] }] };
    }
    case "points":
      return {
        kind: "points",
        points: pointsOf(attribute(shape, "points")).map(({ x, y }) => ({ x, y })),
      };
    case "box": {
      const [left, top] = [number("xtl"), number("ytl")];
      return { kind: "box", left, top, width: number("xbr") - left, height: number("ybr") - top };
    }
    default:
      return undefined;
  }
}

function pointsOf(field: Field) {
  return textAt(field)
    .split(";")
    .map((pair) => {
      const [x, y, ...more] = pair.split(",").map(Number);
      if (!Number.isFinite(x) || !Number.isFinite(y) || more.length > 0) {
        throw wrong(field, "x,y;x,y …");
      }
      return { unit: "corner" as const, x, y };
    });
}

function maskOfShape(shape: XmlElement, size: Size): Region {
  const side = (name: string, least: number) => wholeAt(asNumber(attribute(shape, name)), least);
  const box = {
    left: side("left", 0),
    top: side("top", 0),
    width: side("width", 1),
    height: side("height", 1),
  };
  if (box.left + box.width > size.width || box.top + box.height > size.height) {
    throw wrong(attribute(shape, "width"), "a mask inside the image");
  }
  const rle = attribute(shape, "rle");
  const counts = textAt(rle).split(",").map(Number);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const isSound = counts.every((count) => Number.isInteger(count) && count >= 0);
  if (!isSound || total !== box.width * box.height) {
    throw wrong(rle, `runs that fill ${box.width}×${box.height} pixels`);
  }
  const data = new Uint8Array(total);
  let at = 0;
  counts.forEach((count, i) => {
    if (i % 2 === 1) data.fill(1, at, at + count);
    at += count;
  });
  return maskRegion(runLengthsAt({ width: box.width, height: box.height, data }, box, size));
}
