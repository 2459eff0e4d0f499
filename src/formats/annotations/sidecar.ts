/** The JSON beside pixel files that says what is in them: one file for a whole data set. */

import type { Size } from "../../image/pixels.ts";
import { FormatError } from "../formatError.ts";
import { at, type Field, listAt, parseJson, textAt, wrong } from "../jsonFields.ts";
import type { ReadOptions } from "./annotationFormat.ts";
import type { AnnotatedImage, AnnotationSet, Category, Instance } from "./annotations.ts";
import { type FileSource, type OutputFile, textFile } from "./files.ts";
import { told } from "./inFile.ts";
import { categoryAt, imageNotesAt, imageNotesOf } from "./notes.ts";
import { imageName } from "./relativePath.ts";
import { sizeAt } from "./sizeAt.ts";

const VERSION = 1;

export interface IndexedImage extends Size {
  readonly name: string;
  /** The whole entry. */
  readonly entry: Field;
  readonly instances: readonly Field[];
}

/** @param entries One text of JSON per image, made by `indexEntry`. */
export function indexFile(
  path: string,
  format: string,
  categories: readonly Category[],
  entries: readonly string[],
): OutputFile {
  const head = JSON.stringify({ format, version: VERSION, categories });
  return textFile(path, `${head.slice(0, -1)},"images":[\n${entries.join(",\n")}\n]}\n`);
}

/** @param more What else is said about the image, its instances among it. */
export function indexEntry(image: AnnotatedImage, more: object): string {
  const { name, width, height } = image;
  return JSON.stringify({ name, width, height, ...imageNotesOf(image), ...more });
}

/**
 * The annotations that an index tells of.
 *
 * @param instancesOf Reads the pixels of one image's instances, when the image is asked for.
 * @throws {FormatError} Not such an index, or of a later version.
 */
export async function readIndexedSet(
  files: FileSource,
  path: string,
  format: string,
  options: ReadOptions,
  instancesOf: (image: IndexedImage) => Promise<readonly Instance[]>,
): Promise<AnnotationSet> {
  const { categories, images } = await readIndex(files, path, format, options);
  async function* annotated(): AsyncGenerator<AnnotatedImage> {
    for (const image of images) {
      const { name, width, height, entry } = image;
      try {
        const notes = imageNotesAt(entry, options.passOver);
        yield { name, width, height, ...notes, instances: await instancesOf(image) };
      } catch (cause) {
        throw told(path, cause);
      }
    }
  }
  return { categories, images: annotated() };
}

async function readIndex(
  files: FileSource,
  path: string,
  format: string,
  { passOver }: ReadOptions,
): Promise<{ readonly categories: readonly Category[]; readonly images: readonly IndexedImage[] }> {
  const bytes = await files.read(path);
  try {
    const index = parseJson(path, bytes);
    const [said, version] = [at(index, "format"), at(index, "version")];
    if (said.value !== format) throw wrong(said, `"${format}"`);
    if (version.value !== VERSION) throw wrong(version, `version ${VERSION}`);
    return {
      categories: listAt(at(index, "categories")).map((field) => categoryAt(field, passOver)),
      images: listAt(at(index, "images")).map((entry) => ({
        name: imageName(at(entry, "name")),
        ...sizeAt(entry),
        entry,
        instances: listAt(at(entry, "instances")),
      })),
    };
  } catch (cause) {
    throw told(path, cause);
  }
}

/** A file that an index names. */
export function fileAt(files: FileSource, field: Field): string {
  const path = textAt(field);
  if (!files.paths.includes(path)) throw wrong(field, "a file that is there");
  return path;
}

/** Whether an index is there, and which format it says. */
export async function saysFormat(
  files: FileSource,
  path: string,
  format: string,
): Promise<boolean> {
  if (!files.paths.includes(path)) return false;
  try {
    return at(parseJson(path, await files.read(path)), "format").value === format;
  } catch (cause) {
    if (cause instanceof FormatError) return false;
    throw cause;
  }
}
