/**
 * One case of fuzzing: annotations are written, a file is damaged, and what is left is read, looked at
 * and written again. That may be refused with a `FormatError`; nothing else may happen.
 */

import fc from "fast-check";
import {
  type AnnotatedImage,
  type AnnotationFormatName,
  annotationFormats,
  areaOf,
  boxOf,
  FormatError,
  filesInMemory,
  filesInZip,
  gathered,
  recognisedFormat,
  runsOf,
  whole,
  written,
  zipped,
} from "../../src/formats/index.ts";
import { readPicture } from "../../src/node/index.ts";
import { randomNumbers } from "../../src/tensor/index.ts";
import { dataSets } from "../support/arbitraryAnnotations.ts";
import { mutated } from "./mutate.ts";

export interface Outcome {
  /** Whether the damaged files could be read. */
  readonly isRead: boolean;
  readonly ms: number;
}

/** Larger images may take their time to be drawn, but not to be read. */
const DRAWN_PIXELS = 4e6;

/**
 * Run the case of a number.
 *
 * @param now A clock in milliseconds.
 * @throws {Error} Anything but a refusal; the message has the files.
 */
export async function fuzzCase(
  name: AnnotationFormatName,
  seed: number,
  now: () => number,
): Promise<Outcome> {
  const random = randomNumbers(seed);
  const [set] = fc.sample(dataSets, { seed, numRuns: 1 });
  const format = annotationFormats[name];
  const files = new Map(await written(format.write(set, { polygons: seed % 3 === 0 })));
  const paths = [...files.keys()];
  const path = paths[Math.min(paths.length - 1, Math.floor(random() * paths.length))];
  files.set(path, mutated(files.get(path) as Uint8Array, random));
  const images = new Map(set.images.map((image) => [image.name, image]));
  const before = now();
  const isRead = await readAndWritten(name, files, images);
  return { isRead, ms: now() - before };
}

/** Read files and write what was read. @returns false where they were refused. */
export async function readAndWritten(
  name: AnnotationFormatName,
  files: ReadonlyMap<string, Uint8Array>,
  images: ReadonlyMap<string, AnnotatedImage>,
): Promise<boolean> {
  try {
    const source = filesInMemory(files);
    await recognisedFormat(source).catch(refusal);
    const read = await gathered(await annotationFormats[name].read(source, { images }));
    for (const image of read.images) {
      for (const { region } of image.instances) {
        areaOf(region);
        boxOf(region);
        if (image.width * image.height <= DRAWN_PIXELS) runsOf(region, image);
      }
    }
    const isSmall = read.images.every(({ width, height }) => width * height <= DRAWN_PIXELS);
    if (isSmall) await written(annotationFormats[name].write(read));
    return true;
  } catch (error) {
    refusal(error);
    return false;
  }
}

/** A damaged zip archive: unpacked, or refused. */
export async function fuzzArchive(seed: number): Promise<boolean> {
  const [set] = fc.sample(dataSets, { seed, numRuns: 1 });
  const bytes = await whole(zipped(annotationFormats.png.write(set)));
  try {
    filesInZip("a.zip", mutated(bytes, randomNumbers(seed)));
    return true;
  } catch (error) {
    refusal(error);
    return false;
  }
}

function refusal(error: unknown): void {
  if (error instanceof FormatError) return;
  throw error;
}

/** A damaged file of an instrument: seen, or refused; whoever made it. */
export async function fuzzPicture(bytes: Uint8Array, seed: number): Promise<boolean> {
  try {
    await readPicture(mutated(bytes, randomNumbers(seed)));
    return true;
  } catch (error) {
    refusal(error);
    return false;
  }
}
