/**
 * The format of Maskwise itself: `maskwise.json`, a JSON file per image with everything that is known
 * about it, and what the model believed as arrays of NumPy. docs/formats.md describes it field by
 * field.
 */

import type { Plane, Size } from "../../image/pixels.ts";
import { runLengthString } from "../../image/runLengthString.ts";
import { polygonsAt, runLengthsOfSegmentation } from "../cocoSegmentation.ts";
import { FormatError } from "../formatError.ts";
import { at, type Field, listAt, parseJson, textAt, wrong } from "../jsonFields.ts";
import type { AnnotationFormat, ReadOptions } from "./annotationFormat.ts";
import type { AnnotatedImage, AnnotationSet, Instance, Region } from "./annotations.ts";
import { type FileSource, type OutputFile, textFile } from "./files.ts";
import { told } from "./inFile.ts";
import {
  categoryAt,
  imageNotesAt,
  imageNotesOf,
  isGiven,
  notesAt,
  notesOf,
  numbersAt,
} from "./notes.ts";
import { npyArray, npyBytes } from "./npy.ts";
import { fileNameOf, imageName } from "./relativePath.ts";
import { fileAt } from "./sidecar.ts";
import { sizeAt } from "./sizeAt.ts";
import type { Work } from "./work.ts";

const INDEX = "maskwise.json";
const FORMAT = "maskwise annotations";
/** Raised when a field changes its meaning. */
const VERSION = 1;

export const project: AnnotationFormat = {
  words: "Maskwise's own files",
  holds: { pixels: "masks and polygons", overlaps: true, boxes: true, points: true },
  recognises: async (files) => files.paths.includes(INDEX),
  read,
  write,
};

async function* write(set: AnnotationSet): AsyncGenerator<OutputFile> {
  const images: string[] = [];
  for await (const image of set.images) {
    const path = `images/${image.name}.json`;
    const { work, files } = storedWork(image);
    yield* files;
    const { name, width, height } = image;
    const instances = image.instances.map((instance) => ({
      ...notesOf(instance),
      region: storedRegion(instance.region),
    }));
    const document = {
      name,
      width,
      height,
      ...imageNotesOf(image),
      instances,
      ...(work && { work }),
    };
    yield textFile(path, `${JSON.stringify(document)}\n`);
    images.push(path);
  }
  const index = { format: FORMAT, version: VERSION, categories: set.categories, images };
  yield textFile(INDEX, `${JSON.stringify(index, undefined, 2)}\n`);
}

function storedRegion(region: Region): object {
  switch (region.kind) {
    case "mask": {
      const { width, height, counts } = region.runs;
      return { kind: "mask", size: [height, width], counts: runLengthString(counts) };
    }
    case "polygons":
      return {
        kind: "polygons",
        parts: region.parts.map(({ outer, holes }) =>
          [outer, ...holes].map((ring) => ring.flatMap(({ x, y }) => [x, y])),
        ),
      };
    case "box": {
      const { left, top, width, height } = region;
      return { kind: "box", box: [left, top, width, height] };
    }
    case "points":
      return { kind: "points", points: region.points.flatMap(({ x, y }) => [x, y]) };
    default:
      return region satisfies never;
  }
}

function storedWork({ name, work }: AnnotatedImage): {
  readonly work?: object;
  readonly files: readonly OutputFile[];
} {
  if (work === undefined) return { files: [] };
  const { model, session, probabilities = {} } = work;
  const files = Object.entries(probabilities).map(([label, { width, height, data }], i) => {
    const path = `probabilities/${name}/${i} ${fileNameOf(label)}.npy`;
    const bytes = npyBytes([height, width], { dtype: "<f4", data });
    return { label, path, chunks: [bytes] };
  });
  const stored = files.map(({ label, path }) => ({ label, file: path }));
  return {
    work: { model, session, ...(stored.length > 0 && { probabilities: stored }) },
    files,
  };
}

async function read(files: FileSource, { passOver }: ReadOptions = {}): Promise<AnnotationSet> {
  const bytes = await files.read(INDEX);
  try {
    const index = parseJson(INDEX, bytes);
    const [format, version] = [at(index, "format"), at(index, "version")];
    if (format.value !== FORMAT) throw wrong(format, `"${FORMAT}"`);
    if (version.value !== VERSION) {
      throw wrong(version, `version ${VERSION}, which this Maskwise reads; take a newer one`);
    }
    const categories = listAt(at(index, "categories")).map((field) => categoryAt(field, passOver));
    const paths = listAt(at(index, "images")).map((field) => fileAt(files, field));
    return { categories, images: imagesIn(files, paths, passOver) };
  } catch (cause) {
    throw told(INDEX, cause);
  }
}

async function* imagesIn(
  files: FileSource,
  paths: readonly string[],
  passOver: ReadOptions["passOver"],
): AsyncGenerator<AnnotatedImage> {
  for (const path of paths) {
    const bytes = await files.read(path);
    try {
      const image = parseJson(path, bytes);
      const size = sizeAt(image);
      const work = at(image, "work");
      yield {
        name: imageName(at(image, "name")),
        ...size,
        ...imageNotesAt(image, passOver),
        instances: listAt(at(image, "instances")).map(
          (field): Instance => ({
            ...notesAt(field, passOver),
            region: regionAt(at(field, "region"), size),
          }),
        ),
        ...(isGiven(work) && { work: await workAt(files, work, size) }),
      };
    } catch (cause) {
      throw told(path, cause);
    }
  }
}

function regionAt(field: Field, size: Size): Region {
  const kind = at(field, "kind");
  switch (kind.value) {
    case "mask":
      return { kind: "mask", runs: runLengthsOfSegmentation(field, size) };
    case "polygons":
      return {
        kind: "polygons",
        parts: listAt(at(field, "parts")).map((part) => {
          const [outer, ...holes] = polygonsAt(part).map((ring) => ring.outer);
          if (outer === undefined) throw wrong(part, "a ring at least");
          return { outer, holes };
        }),
      };
    case "box": {
      const [left, top, width, height] = numbersAt(at(field, "box"), 4);
      return { kind: "box", left, top, width, height };
    }
    case "points": {
      const [{ outer }] = polygonsAt({ value: [at(field, "points").value], path: field.path });
      return { kind: "points", points: outer.map(({ x, y }) => ({ x, y })) };
    }
    default:
      throw wrong(kind, '"mask", "polygons", "box" or "points"');
  }
}

async function workAt(files: FileSource, field: Field, size: Size): Promise<Work> {
  const [model, session] = [at(field, "model"), at(field, "session")];
  const sha256 = at(model, "sha256");
  if (typeof session.value !== "object" || session.value === null) {
    throw wrong(session, "a session");
  }
  const stored = at(field, "probabilities");
  const probabilities: Record<string, Plane> = {};
  for (const entry of isGiven(stored) ? listAt(stored) : []) {
    const label = textAt(at(entry, "label"));
    if (label !== "__proto__") probabilities[label] = await planeAt(files, at(entry, "file"), size);
  }
  return {
    model: { name: textAt(at(model, "name")), ...(isGiven(sha256) && { sha256: textAt(sha256) }) },
    session: session.value as Work["session"],
    ...(isGiven(stored) && { probabilities }),
  };
}

async function planeAt(files: FileSource, field: Field, size: Size): Promise<Plane> {
  const path = fileAt(files, field);
  const { shape, data } = npyArray(path, await files.read(path));
  if (shape.length !== 2 || shape[0] !== size.height || shape[1] !== size.width) {
    throw new FormatError(
      `${path}: expected ${size.height}×${size.width} numbers, got ${shape.join("×")}.`,
    );
  }
  return {
    width: size.width,
    height: size.height,
    data: Float32Array.from(data as ArrayLike<number>),
  };
}
