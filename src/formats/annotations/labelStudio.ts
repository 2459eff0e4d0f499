/**
 * Label Studio's JSON: a list of tasks with their annotations. Brushes are run lengths of pixels;
 * polygons and rectangles are in hundredths of the image's sides.
 *
 * @see https://labelstud.io/guide/export
 */

import type { Size } from "../../image/pixels.ts";
import { runLengths } from "../../image/runLengths.ts";
import { FormatError } from "../formatError.ts";
import { jsonList } from "../jsonElements.ts";
import { at, type Field, listAt, numberAt, textAt, wrong } from "../jsonFields.ts";
import type { AnnotationFormat, ReadOptions, WriteOptions } from "./annotationFormat.ts";
import type { AnnotatedImage, AnnotationSet, Instance, Region } from "./annotations.ts";
import { beginning } from "./beginning.ts";
import { bytesOfTexts, type FileSource, pathsEnding } from "./files.ts";
import { imageFinder, type KnownImage } from "./imageOfFile.ts";
import { inFile } from "./inFile.ts";
import { furtherNotes, imageNotesAt, imageNotesOf, isGiven, notesAt } from "./notes.ts";
import { oneRing } from "./oneRing.ts";
import { maskOf, maskRegion } from "./region.ts";
import { imageName } from "./relativePath.ts";
import { packedMask, unpackedMask } from "./rlePack.ts";
import { sizeOfFields } from "./sizeAt.ts";

/** Where Label Studio serves files from its own disk. */
const LOCAL = "/data/local-files/?d=";

export const labelStudio: AnnotationFormat = {
  words: "Label Studio JSON",
  extension: ".json",
  holds: { pixels: "masks and polygons", overlaps: true, boxes: true, points: true },
  recognises: async (files) => {
    const [first] = pathsEnding(files, ".json");
    if (first === undefined) return false;
    return /^\s*\[\s*\{[\s\S]*"(?:annotations|predictions|data)"\s*:/.test(
      await beginning(files, first),
    );
  },
  read,
  write: async function* (set, options = {}) {
    yield { path: "label-studio.json", chunks: bytesOfTexts(document(set, options)) };
  },
};

async function* document(set: AnnotationSet, options: WriteOptions): AsyncGenerator<string> {
  let separator = "[\n";
  let id = 0;
  for await (const image of set.images) {
    const { name, width, height } = image;
    const result = image.instances.flatMap((instance, i) => {
      const shape = shapeOf(instance, image, options);
      if (shape === undefined) return [];
      const { score, ...notes } = furtherNotes(instance) as Partial<Instance>;
      return [
        {
          id: `${id + 1}-${i + 1}`,
          ...shape,
          to_name: "image",
          image_rotation: 0,
          original_width: width,
          original_height: height,
          ...(score !== undefined && { score }),
          ...(Object.keys(notes).length > 0 && { meta: notes }),
        },
      ];
    });
    const data = { image: `${LOCAL}${name}`, width, height, ...imageNotesOf(image) };
    yield `${separator}${JSON.stringify({ id: ++id, data, annotations: [{ result }] })}`;
    separator = ",\n";
  }
  yield id === 0 ? "[]\n" : "\n]\n";
}

function shapeOf(
  { region, category }: Instance,
  image: AnnotatedImage,
  { polygons = false, tolerance = 0 }: WriteOptions,
): object | undefined {
  const across = (x: number) => (100 * x) / image.width;
  const down = (y: number) => (100 * y) / image.height;
  if (region.kind === "box") {
    const [x, y] = [across(region.left), down(region.top)];
    const [width, height] = [across(region.width), down(region.height)];
    const value = { x, y, width, height, rotation: 0, rectanglelabels: [category] };
    return { type: "rectanglelabels", from_name: "rectangle", value };
  }
  if (region.kind === "points") {
    // It has single points only.
    const [point, ...more] = region.points;
    if (point === undefined || more.length > 0) return undefined;
    const value = { x: across(point.x), y: down(point.y), width: 0.5, keypointlabels: [category] };
    return { type: "keypointlabels", from_name: "point", value };
  }
  if (region.kind === "mask" && !polygons) {
    const value = {
      format: "rle",
      rle: packedMask(maskOf(region, image)),
      brushlabels: [category],
    };
    return { type: "brushlabels", from_name: "brush", value };
  }
  const points = oneRing(region, tolerance)?.map(({ x, y }) => [across(x), down(y)]);
  const value = { points, closed: true, polygonlabels: [category] };
  return points && { type: "polygonlabels", from_name: "polygon", value };
}

async function read(files: FileSource, options: ReadOptions = {}): Promise<AnnotationSet> {
  const paths = pathsEnding(files, ".json");
  const [path] = paths;
  if (path === undefined || paths.length > 1) {
    throw new FormatError(`expected one JSON file of Label Studio, got ${paths.length}. Name one.`);
  }
  const find = await imageFinder(files, options);
  const images = () => imagesIn(files, path, find, options);
  return { categories: [], images: { [Symbol.asyncIterator]: images } };
}

/** Read anew each time they are asked for. */
async function* imagesIn(
  files: FileSource,
  path: string,
  find: (path: string) => KnownImage | undefined,
  { passOver }: ReadOptions,
): AsyncGenerator<AnnotatedImage> {
  for await (const task of jsonList(path, files.stream(path))) {
    const image = inFile(path, () => imageIn(task, find, passOver));
    if (image === undefined) passOver?.("tasks without objects and without a size");
    else yield image;
  }
}

function imageIn(
  task: Field,
  find: (path: string) => KnownImage | undefined,
  passOver: ReadOptions["passOver"],
): AnnotatedImage | undefined {
  const data = at(task, "data");
  const name = nameIn(data);
  const results = resultsIn(task, passOver);
  const sized = results.find((result) => isGiven(at(result, "original_width")));
  const size = sized
    ? sizeOfFields(at(sized, "original_width"), at(sized, "original_height"))
    : isGiven(at(data, "width"))
      ? sizeOfFields(at(data, "width"), at(data, "height"))
      : find(name);
  if (size === undefined) return undefined;
  return {
    name,
    width: size.width,
    height: size.height,
    ...imageNotesAt(data, passOver),
    instances: results.flatMap((result) => instanceIn(result, size, passOver)),
  };
}

/** The image of a task: what `d=` says of a local file, else the last part of its address. */
function nameIn(data: Field): string {
  const image = at(data, "image");
  const said = textAt(image);
  const local = said.indexOf("?d=");
  const path = local !== -1 ? said.slice(local + 3) : said.replace(/[?#].*$/, "");
  const isAddress = local === -1 && /^(?:[a-z0-9]+:\/\/|\/)/i.test(said);
  const short = isAddress ? path.slice(path.lastIndexOf("/") + 1) : path;
  return imageName({ ...image, value: decoded(short) });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Of several annotations of a task the first that nobody cancelled counts, or else a prediction. */
function resultsIn(task: Field, passOver: ReadOptions["passOver"]): readonly Field[] {
  for (const list of ["annotations", "completions", "predictions"]) {
    const all = at(task, list);
    if (!isGiven(all)) continue;
    const valid = listAt(all).filter((one) => at(one, "was_cancelled").value !== true);
    if (valid.length === 0) continue;
    for (let i = 1; i < valid.length; i++) passOver?.(`further ${list} of a task`);
    return listAt(at(valid[0], "result"));
  }
  return [];
}

function instanceIn(
  result: Field,
  size: Size,
  passOver: ReadOptions["passOver"],
): readonly Instance[] {
  const type = at(result, "type").value;
  const value = at(result, "value");
  const region = regionIn(type, value, size);
  if (region === undefined) {
    passOver?.(`results of the kind ${JSON.stringify(type)}`);
    return [];
  }
  const labels = at(value, String(type));
  const [label] = isGiven(labels) ? listAt(labels) : [];
  const meta = at(result, "meta");
  const category = label === undefined ? "object" : textAt(label);
  const score = at(result, "score");
  return [
    {
      ...notesAt(isGiven(meta) ? meta : { value: {}, path: meta.path }, passOver, category),
      ...(isGiven(score) && { score: numberAt(score) }),
      region,
    },
  ];
}

function regionIn(type: unknown, value: Field, { width, height }: Size): Region | undefined {
  const share = (name: string, side: number) => (numberAt(at(value, name)) * side) / 100;
  switch (type) {
    case "brushlabels": {
      const rle = at(value, "rle");
      const bytes = listAt(rle).map(numberAt);
      try {
        return maskRegion(runLengths(unpackedMask(bytes, { width, height })));
      } catch (cause) {
        if (!(cause instanceof FormatError)) throw cause;
        throw new FormatError(`${rle.path}: ${cause.message}`, { cause });
      }
    }
    case "polygonlabels": {
      const outer = listAt(at(value, "points")).map((point) => {
        const [x, y] = listAt(point).map(numberAt);
        if (y === undefined) throw wrong(point, "x and y");
        return { unit: "corner" as const, x: (x * width) / 100, y: (y * height) / 100 };
      });
      return { kind: "polygons", parts: [{ outer, holes: [] }] };
    }
    case "rectanglelabels":
      return {
        kind: "box",
        left: share("x", width),
        top: share("y", height),
        width: share("width", width),
        height: share("height", height),
      };
    case "keypointlabels":
      return { kind: "points", points: [{ x: share("x", width), y: share("y", height) }] };
    default:
      return undefined;
  }
}
