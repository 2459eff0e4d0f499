/**
 * YOLO's labels: a text file per image, a line per object: the number of its class and the corners of
 * its polygon, as shares of the image's width and height. Five numbers are a box: class, centre, size.
 * `data.yaml` names the classes.
 *
 * @see https://docs.ultralytics.com/datasets/segment/
 */

import { parse } from "yaml";
import type { Ring } from "../../image/outlines.ts";
import { FormatError } from "../formatError.ts";
import { textAt, wrong } from "../jsonFields.ts";
import type { AnnotationFormat, ReadOptions, WriteOptions } from "./annotationFormat.ts";
import type { AnnotatedImage, AnnotationSet, Instance, Region } from "./annotations.ts";
import { beginning } from "./beginning.ts";
import { categoryNumbers } from "./categoryNumbers.ts";
import { type FileSource, type OutputFile, pathsEnding, textFile } from "./files.ts";
import { imageFinder, type KnownImage, pathsFor } from "./imageOfFile.ts";
import { told } from "./inFile.ts";
import { oneRing } from "./oneRing.ts";

/** A hundred-millionth of an image's side is far below a pixel. */
const DIGITS = 8;
const LINE = /^\s*\d+(?:\s+-?[\d.]+(?:e-?\d+)?){4,}\s*$/i;

export const yolo: AnnotationFormat = {
  words: "YOLO's segmentation labels",
  holds: { pixels: "polygons", overlaps: true, boxes: true, points: false },
  recognises: async (files) => {
    if (dataYaml(files) !== undefined) return true;
    const [first] = labelPaths(files);
    if (first === undefined) return false;
    const [line] = (await beginning(files, first)).split("\n");
    return LINE.test(line);
  },
  read,
  write,
};

async function* write(
  set: AnnotationSet,
  { tolerance = 0 }: WriteOptions = {},
): AsyncGenerator<OutputFile> {
  const numbers = categoryNumbers(set.categories, { first: 0, keep: false });
  const pathOf = pathsFor(".txt");
  for await (const image of set.images) {
    const lines = image.instances.flatMap(({ category, region }) => {
      const values = valuesOf(region, image, tolerance);
      return values ? [`${numbers.of(category)} ${values.map(short).join(" ")}\n`] : [];
    });
    yield textFile(`labels/${pathOf(image.name)}`, lines.join(""));
  }
  const names = numbers.all().map(({ id, name }) => `  ${id}: ${JSON.stringify(name)}\n`);
  yield textFile(
    "data.yaml",
    `path: .\ntrain: images\nval: images\nnames:${names.length > 0 ? `\n${names.join("")}` : " {}\n"}`,
  );
}

function valuesOf(
  region: Region,
  { width, height }: AnnotatedImage,
  tolerance: number,
): readonly number[] | undefined {
  if (region.kind === "box") {
    const centre = [region.left + region.width / 2, region.top + region.height / 2];
    return [
      ...[centre[0] / width, centre[1] / height],
      ...[region.width / width, region.height / height],
    ];
  }
  return oneRing(region, tolerance)?.flatMap(({ x, y }) => [x / width, y / height]);
}

function short(value: number): string {
  return `${Number(value.toFixed(DIGITS))}`;
}

async function read(files: FileSource, options: ReadOptions = {}): Promise<AnnotationSet> {
  const names = await classNames(files);
  const find = await imageFinder(files, options);
  async function* images(): AsyncGenerator<AnnotatedImage> {
    for (const path of labelPaths(files)) {
      const image = find(path);
      if (image === undefined) {
        throw new FormatError(
          `${path}: expected an image of this name, whose size labels do not say, got none. Name the folder with the images.`,
        );
      }
      try {
        const text = new TextDecoder().decode(await files.read(path));
        yield { ...image, instances: instancesIn(text, image, names) };
      } catch (cause) {
        throw told(path, cause);
      }
    }
  }
  return { categories: [...names.values()].map((name) => ({ name })), images: images() };
}

function instancesIn(
  text: string,
  image: KnownImage,
  names: ReadonlyMap<number, string>,
): readonly Instance[] {
  return text.split("\n").flatMap((line, i): Instance[] => {
    const words = line.trim().split(/\s+/);
    if (words[0] === "") return [];
    const [number, ...values] = words.map(Number);
    const isSound =
      Number.isSafeInteger(number) &&
      number >= 0 &&
      values.every(Number.isFinite) &&
      values.length > 3;
    if (!isSound || values.length % 2 === 1) {
      throw new FormatError(
        `line ${i + 1}: expected a class and x and y in turn, got ${JSON.stringify(line.slice(0, 40))}.`,
      );
    }
    return [{ category: names.get(number) ?? `class ${number}`, region: regionOf(values, image) }];
  });
}

function regionOf(values: readonly number[], { width, height }: KnownImage): Region {
  if (values.length === 4) {
    const [x, y, across, down] = values;
    return {
      kind: "box",
      left: (x - across / 2) * width,
      top: (y - down / 2) * height,
      width: across * width,
      height: down * height,
    };
  }
  const outer: Ring = Array.from({ length: values.length / 2 }, (_, i) => ({
    unit: "corner",
    x: values[2 * i] * width,
    y: values[2 * i + 1] * height,
  }));
  return { kind: "polygons", parts: [{ outer, holes: [] }] };
}

const LISTS = /(?:^|\/)(?:classes|train|val|test|readme[^/]*)\.txt$/i;

function labelPaths(files: FileSource): readonly string[] {
  return pathsEnding(files, ".txt").filter((path) => !LISTS.test(path));
}

function dataYaml({ paths }: FileSource): string | undefined {
  return paths.find((path) => /(?:^|\/)(?:data|dataset)\.ya?ml$/i.test(path));
}

async function classNames(files: FileSource): Promise<ReadonlyMap<number, string>> {
  const path = dataYaml(files);
  if (path !== undefined) return namesInYaml(path, await files.read(path));
  const list = files.paths.find((file) => /(?:^|\/)classes\.txt$/i.test(file));
  if (list === undefined) return new Map();
  const lines = new TextDecoder()
    .decode(await files.read(list))
    .trim()
    .split(/\r?\n/);
  return new Map(lines.map((name, i) => [i, name.trim()]));
}

function namesInYaml(path: string, bytes: Uint8Array): ReadonlyMap<number, string> {
  let value: unknown;
  try {
    const text = new TextDecoder().decode(bytes);
    value = parse(text, { maxAliasCount: 0, logLevel: "error", mapAsMap: true });
  } catch (cause) {
    throw new FormatError(`${path}: expected YAML, got "${(cause as Error).message}".`, { cause });
  }
  const names: unknown = value instanceof Map ? value.get("names") : undefined;
  const isTable = names instanceof Map || Array.isArray(names);
  if (!isTable) throw wrong({ value: names, path: `${path}: names` }, "names by number");
  return new Map(
    [...names.entries()].map(([number, name]) => {
      const field = { value: name, path: `${path}: names.${number}` };
      return [Number(number), typeof name === "number" ? `${name}` : textAt(field)];
    }),
  );
}
