/**
 * LabelMe's JSON: a file per image with its shapes. Masks are PNGs of their box; polygons with the
 * same `group_id` and label are the parts of one object.
 *
 * @see https://github.com/wkentaro/labelme
 */

import type { Size } from "../../image/pixels.ts";
import { runLengthsAt, runLengthsBox, runLengthsPart } from "../../image/runLengthsPart.ts";
import { FormatError } from "../formatError.ts";
import { at, type Field, listAt, numberAt, parseJson, textAt, wrong } from "../jsonFields.ts";
import { encodePng } from "../png.ts";
import type { AnnotationFormat, ReadOptions, WriteOptions } from "./annotationFormat.ts";
import type { AnnotatedImage, AnnotationSet, Instance, Region } from "./annotations.ts";
import { base64OfBytes, bytesOfBase64 } from "./base64.ts";
import { beginning } from "./beginning.ts";
import { type FileSource, type OutputFile, pathsEnding, textFile } from "./files.ts";
import { pathsFor } from "./imageOfFile.ts";
import { told } from "./inFile.ts";
import { labelPixelsOfPng } from "./labelPixels.ts";
import { furtherNotes, imageNotesAt, imageNotesOf, isGiven, notesAt, numbersAt } from "./notes.ts";
import { oneRing } from "./oneRing.ts";
import { maskRegion } from "./region.ts";
import { imageName } from "./relativePath.ts";
import { sizeOfFields } from "./sizeAt.ts";

export const labelme: AnnotationFormat = {
  words: "LabelMe JSON",
  holds: { pixels: "masks and polygons", overlaps: true, boxes: true, points: true },
  recognises: async (files) => {
    const [first] = pathsEnding(files, ".json");
    return first !== undefined && /"shapes"\s*:\s*\[/.test(await beginning(files, first));
  },
  read: async (files, options = {}) => {
    const paths = pathsEnding(files, ".json");
    if (paths.length === 0) throw new FormatError("expected JSON files of LabelMe, got none.");
    return { categories: [], images: images(files, paths, options) };
  },
  write,
};

async function* write(
  set: AnnotationSet,
  { polygons = false, tolerance = 0 }: WriteOptions = {},
): AsyncGenerator<OutputFile> {
  const pathOf = pathsFor(".json");
  for await (const image of set.images) {
    const path = pathOf(image.name);
    const shapes = image.instances.flatMap((instance) => {
      const shape = shapeOf(instance.region, polygons, tolerance);
      if (shape === undefined) return [];
      const { category: label, group } = instance;
      return [
        {
          label,
          group_id: group ?? null,
          flags: {},
          description: "",
          ...furtherNotes(instance),
          ...shape,
        },
      ];
    });
    const document = {
      version: "5.5.0",
      flags: {},
      shapes,
      // From where the JSON lies.
      imagePath: image.name.slice(image.name.lastIndexOf("/") + 1),
      imageData: null,
      imageHeight: image.height,
      imageWidth: image.width,
      ...imageNotesOf(image),
    };
    yield textFile(path, `${JSON.stringify(document, undefined, 2)}\n`);
  }
}

function shapeOf(region: Region, polygons: boolean, tolerance: number): object | undefined {
  if (region.kind === "box") {
    const { left, top, width, height } = region;
    const points = [
      [left, top],
      [left + width, top + height],
    ];
    return { shape_type: "rectangle", points, mask: null };
  }
  if (region.kind === "points") {
    const points = region.points.map(({ x, y }) => [x, y]);
    return { shape_type: points.length === 1 ? "point" : "points", points, mask: null };
  }
  if (region.kind === "mask" && !polygons) return maskShape(region);
  const ring = oneRing(region, tolerance);
  if (ring === undefined) return undefined;
  return { shape_type: "polygon", points: ring.map(({ x, y }) => [x, y]), mask: null };
}

function maskShape({ runs }: Extract<Region, { kind: "mask" }>): object | undefined {
  const box = runLengthsBox(runs);
  if (box === undefined) return undefined;
  const { left, top, width, height } = box;
  const { data } = runLengthsPart(runs, box);
  const points = [
    [left, top],
    [left + width - 1, top + height - 1],
  ];
  const mask = base64OfBytes(encodePng({ width, height, channels: 1, data }));
  return { shape_type: "mask", points, mask };
}

async function* images(
  files: FileSource,
  paths: readonly string[],
  { passOver }: ReadOptions,
): AsyncGenerator<AnnotatedImage> {
  for (const path of paths) {
    const bytes = await files.read(path);
    try {
      yield imageIn(parseJson(path, bytes), path, passOver);
    } catch (cause) {
      throw told(path, cause);
    }
  }
}

function imageIn(document: Field, path: string, passOver: ReadOptions["passOver"]): AnnotatedImage {
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
  const size = sizeOfFields(at(document, "imageWidth"), at(document, "imageHeight"));
  const objects = new Map<string, Instance>();
  listAt(at(document, "shapes")).forEach((shape, i) => {
    const region = regionAt(shape, size, passOver);
    if (region === undefined) return;
    const [label, group] = [textAt(at(shape, "label")), at(shape, "group_id")];
    const notes = { ...notesAt(shape, passOver, label), ...described(shape) };
    const isPart = isGiven(group) && region.kind === "polygons";
    const key = isPart ? `${label}\n${group.value}` : `${i}`;
    const before = objects.get(key);
    objects.set(key, {
      ...notes,
      ...(Number.isSafeInteger(group.value) && { group: numberAt(group) }),
      region: before ? together(before.region, region) : region,
    });
  });
  return {
    name: imageName(at(document, "imagePath"), folder),
    ...size,
    ...imageNotesAt(document, passOver),
    instances: [...objects.values()],
  };
}

function together(a: Region, b: Region): Region {
  return a.kind === "polygons" && b.kind === "polygons"
    ? { kind: "polygons", parts: [...a.parts, ...b.parts] }
    : b;
}

/** A description and flags of LabelMe's own are attributes, where they say something. */
function described(shape: Field): Pick<Instance, "attributes"> {
  const [description, flags] = [at(shape, "description"), at(shape, "flags")];
  const said = {
    ...(typeof description.value === "string" &&
      description.value !== "" && { description: description.value }),
    ...(isGiven(flags)
      ? notesAt({ value: { attributes: flags.value }, path: flags.path }, undefined, "").attributes
      : {}),
    ...notesAt(shape, undefined, "").attributes,
  };
  return Object.keys(said).length > 0 ? { attributes: said } : {};
}

function regionAt(shape: Field, size: Size, passOver: ReadOptions["passOver"]): Region | undefined {
  const type = at(shape, "shape_type");
  const points = listAt(at(shape, "points")).map((point) => numbersAt(point, 2));
  const corners = points.map(([x, y]) => ({ unit: "corner" as const, x, y }));
  switch (type.value ?? "polygon") {
    case "polygon":
      return { kind: "polygons", parts: [{ outer: corners, holes: [] }] };
    case "rectangle": {
      const [a, b] = two(shape, corners);
      const [left, top] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
      return { kind: "box", left, top, width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
    }
    case "point":
    case "points":
      return { kind: "points", points: points.map(([x, y]) => ({ x, y })) };
    case "mask": {
      const [from, to] = two(shape, corners);
      return maskAt(shape, from, to, size);
    }
    default:
      passOver?.(`shapes of the kind ${JSON.stringify(type.value)}`);
      return undefined;
  }
}

function two<Corner>(shape: Field, corners: readonly Corner[]): readonly [Corner, Corner] {
  const [a, b, ...more] = corners;
  if (b === undefined || more.length > 0) throw wrong(at(shape, "points"), "two corners");
  return [a, b];
}

interface Position {
  readonly x: number;
  readonly y: number;
}

function maskAt(shape: Field, from: Position, to: Position, size: Size): Region {
  const field = at(shape, "mask");
  let pixels: ReturnType<typeof labelPixelsOfPng>;
  try {
    pixels = labelPixelsOfPng("mask", bytesOfBase64(textAt(field)));
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new FormatError(`${field.path}: ${cause.message}`, { cause });
  }
  const { width, height } = pixels;
  const box = { left: Math.round(from.x), top: Math.round(from.y), width, height };
  const fits =
    box.left >= 0 &&
    box.top >= 0 &&
    box.left + width <= size.width &&
    box.top + height <= size.height &&
    Math.round(to.x) - box.left + 1 === width &&
    Math.round(to.y) - box.top + 1 === height;
  if (!fits)
    throw wrong(
      at(shape, "points"),
      `the corners of a mask of ${width}×${height} inside the image`,
    );
  const data = Uint8Array.from(pixels.data, (value) => (value === 0 ? 0 : 1));
  return maskRegion(runLengthsAt({ width, height, data }, box, size));
}
