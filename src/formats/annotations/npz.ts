/**
 * NumPy: an archive per image with `masks` (objects, height, width), `categories` and what else was
 * noted. Arrays of other programs (.npy) are read as label maps, or as stacks of masks.
 */

import { unzipSync, zipSync } from "fflate";
import { runLengths } from "../../image/runLengths.ts";
import { FormatError } from "../formatError.ts";
import { at, type Field, parseJson } from "../jsonFields.ts";
import type { AnnotationFormat, ReadOptions } from "./annotationFormat.ts";
import type { AnnotatedImage, AnnotationSet, Instance } from "./annotations.ts";
import type { FileSource, OutputFile } from "./files.ts";
import { imageFinder, pathsFor } from "./imageOfFile.ts";
import { told } from "./inFile.ts";
import { paintRuns } from "./labelMask.ts";
import { runsByLabel } from "./labelPixels.ts";
import { furtherNotes, imageNotesAt, imageNotesOf, notesAt } from "./notes.ts";
import { type NpyArray, npyArray, npyBytes } from "./npy.ts";
import { maskRegion, runsOf } from "./region.ts";
import { imageName } from "./relativePath.ts";
import { sizeOfFields } from "./sizeAt.ts";

/** All masks of one image; more than this no array should hold: 1 GiB. */
const MAX_BYTES = 2 ** 30;
/** What deflate can make of one byte at the most. */
const MAX_RATIO = 1032;
/** Archives of the same arrays are the same. */
const MTIME: Date = new Date(1980, 0, 1);

export const npz: AnnotationFormat = {
  words: "NumPy arrays (NPZ, NPY)",
  holds: { pixels: "masks", overlaps: true, boxes: false, points: false },
  recognises: async (files) => pathsIn(files).length > 0,
  read,
  write,
};

async function* write(set: AnnotationSet): AsyncGenerator<OutputFile> {
  const pathOf = pathsFor(".npz");
  for await (const image of set.images) {
    const path = pathOf(image.name);
    yield { path, chunks: [archive(path, image)] };
  }
}

function archive(path: string, image: AnnotatedImage): Uint8Array {
  const { name, width, height } = image;
  const drawn = image.instances.filter(
    ({ region }) => region.kind === "mask" || region.kind === "polygons",
  );
  const pixels = width * height;
  if (drawn.length * pixels > MAX_BYTES) {
    throw new FormatError(
      `${path}: expected at most 1 GiB of masks, got ${drawn.length} of ${width}×${height}. Choose another format.`,
    );
  }
  const masks = new Uint8Array(drawn.length * pixels);
  drawn.forEach(({ region }, i) => {
    paintRuns(masks.subarray(i * pixels, (i + 1) * pixels), runsOf(region, image), 1);
  });
  const n = drawn.length;
  const texts = (shape: readonly number[], data: readonly string[]) =>
    npyBytes(shape, { dtype: "text", data });
  const files = {
    "masks.npy": npyBytes([n, height, width], { dtype: "|b1", data: masks }),
    "categories.npy": texts(
      [n],
      drawn.map(({ category }) => category),
    ),
    "notes.npy": texts(
      [n],
      drawn.map((instance) => JSON.stringify(furtherNotes(instance))),
    ),
    "image.npy": texts([1], [JSON.stringify({ name, ...imageNotesOf(image) })]),
  };
  return zipSync(files, { mtime: MTIME });
}

function pathsIn({ paths }: FileSource): readonly string[] {
  return paths.filter((path) => /\.np[yz]$/i.test(path));
}

async function read(files: FileSource, options: ReadOptions = {}): Promise<AnnotationSet> {
  const paths = pathsIn(files);
  if (paths.length === 0) throw new FormatError("expected files of NumPy, got none.");
  const find = await imageFinder(files, options);
  async function* images(): AsyncGenerator<AnnotatedImage> {
    for (const path of paths) {
      const bytes = await files.read(path);
      try {
        const arrays = /\.npz$/i.test(path)
          ? unpacked(path, bytes)
          : new Map([["masks", npyArray(path, bytes)]]);
        yield imageIn(path, arrays, find(path)?.name ?? path, options);
      } catch (cause) {
        throw told(path, cause);
      }
    }
  }
  return { categories: [], images: images() };
}

function unpacked(path: string, bytes: Uint8Array): ReadonlyMap<string, NpyArray> {
  let total = 0;
  let files: Readonly<Record<string, Uint8Array>>;
  try {
    files = unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        total += originalSize;
        if (total > MAX_BYTES || originalSize > size * MAX_RATIO + 1024) {
          throw new Error("more than 1 GiB of arrays");
        }
        return name.endsWith(".npy");
      },
    });
  } catch (cause) {
    throw new FormatError(
      `expected a whole archive of arrays, got "${(cause as Error).message}". Copy it again from where it came.`,
      { cause },
    );
  }
  return new Map(
    Object.entries(files).map(([name, content]) => [
      name.replace(/\.npy$/, ""),
      npyArray(`${path}/${name}`, content),
    ]),
  );
}

function imageIn(
  path: string,
  arrays: ReadonlyMap<string, NpyArray>,
  name: string,
  options: ReadOptions,
): AnnotatedImage {
  const [first] = [...arrays.values()];
  const masks = arrays.get("masks") ?? first;
  if (masks === undefined) throw new FormatError("expected an array of masks, got none.");
  const own = textsOf(arrays.get("image"))[0];
  const about = own === undefined ? undefined : jsonField(own, `${path}/image`);
  const [height, width] = masks.shape.slice(-2).map((value) => ({ value, path: `${path}/masks` }));
  const size = sizeOfFields(width ?? { value: undefined, path }, height);
  return {
    name: about === undefined ? name : imageName(at(about, "name")),
    ...size,
    ...(about && imageNotesAt(about, options.passOver)),
    instances:
      masks.shape.length === 2 ? byLabel(masks, size) : stacked(masks, size, arrays, options),
  };
}

type Sized = { readonly width: number; readonly height: number };

function byLabel({ data }: NpyArray, size: Sized): readonly Instance[] {
  const pixels = { ...size, data: Uint16Array.from(data as ArrayLike<number>), hasPalette: false };
  return [...runsByLabel(pixels)].map(([label, runs]) => ({
    category: `label ${label}`,
    region: maskRegion(runs),
  }));
}

function stacked(
  masks: NpyArray,
  size: Sized,
  arrays: ReadonlyMap<string, NpyArray>,
  { passOver }: ReadOptions,
): readonly Instance[] {
  if (masks.shape.length !== 3) {
    throw new FormatError(
      `masks: expected the axes objects, height and width, got a shape of ${masks.shape.join("×")}.`,
    );
  }
  const [categories, notes] = [textsOf(arrays.get("categories")), textsOf(arrays.get("notes"))];
  const pixels = size.width * size.height;
  return Array.from({ length: masks.shape[0] }, (_, i) => {
    const data = new Uint8Array(pixels);
    for (let p = 0; p < pixels; p++) data[p] = Number(masks.data[i * pixels + p]) === 0 ? 0 : 1;
    const field = jsonField(notes[i] ?? "{}", `notes.${i}`);
    return {
      ...notesAt(field, passOver, categories[i] ?? "object"),
      region: maskRegion(runLengths({ ...size, data })),
    };
  });
}

function textsOf(array: NpyArray | undefined): readonly string[] {
  const values: ArrayLike<unknown> = array?.data ?? [];
  return Array.from(values, (value) => (typeof value === "string" ? value : ""));
}

function jsonField(text: string, path: string): Field {
  return { value: parseJson(path, new TextEncoder().encode(text)).value, path };
}
