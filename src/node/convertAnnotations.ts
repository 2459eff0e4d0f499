/** From one annotation format to another on a disk, with an account of what was kept. */

import { basename } from "node:path";
import {
  type AnnotationFormatName,
  type AnnotationSet,
  annotationFormats,
  FormatError,
  type ImageInfo,
  imageInfos,
  type Kept,
  type ReadOptions,
  recognisedFormat,
  type WriteOptions,
  whatWasKept,
} from "../formats/index.ts";
import { annotationFiles } from "./annotationFiles.ts";
import { type StageOptions, stagedFiles } from "./stagedFiles.ts";

export interface ConvertOptions extends WriteOptions, StageOptions {
  /** @default what the files look like */
  readonly from?: AnnotationFormatName;
  readonly to: AnnotationFormatName;
  /** A folder with the images, for formats that do not say how large they are, and for maps. */
  readonly images?: string;
  /** Write nothing where anything would be lost. @default false */
  readonly strict?: boolean;
}

export interface Conversion {
  readonly from: AnnotationFormatName;
  readonly to: AnnotationFormatName;
  readonly kept: readonly Kept[];
  /** What of the source annotations have no place for, and how many of it. */
  readonly passedOver: ReadonlyMap<string, number>;
  /** Whether everything was kept. */
  readonly isLossless: boolean;
  /** Whether files were written: always, unless `strict` forbids it. */
  readonly isWritten: boolean;
}

/**
 * Read annotations, write them in another format, read that, and compare. Nothing stands at the
 * output before that is done.
 *
 * @throws {FormatError} The input is damaged, or of no known format.
 * @throws {Error} A file cannot be read or written.
 */
export async function convertAnnotations(
  input: string,
  output: string,
  { to, images: folder, strict = false, replace = false, ...options }: ConvertOptions,
): Promise<Conversion> {
  const source = await annotationFiles(input);
  const from = options.from ?? (await recognisedFormat(source));
  const passedOver = new Map<string, number>();
  const passOver = (what: string) => void passedOver.set(what, (passedOver.get(what) ?? 0) + 1);
  const known = folder === undefined ? undefined : await imageInfos(await annotationFiles(folder));
  const read = async (more: ReadOptions = {}) => {
    const set = await annotationFormats[from].read(source, {
      ...(known && { images: known }),
      ...more,
    });
    return known === undefined ? set : placed(set, known);
  };
  const before = await read({ passOver });
  const images = new Map<string, ImageInfo>();
  const target = annotationFormats[to];
  const written = target.write(noting(before, images), options);
  const { extension } = target;
  const staged = await stagedFiles(output, written, { ...(extension && { extension }), replace });
  try {
    if (images.size === 0) {
      throw new FormatError(
        `${basename(input)}: expected images in ${annotationFormats[from].words}, got none. Is it of another format?`,
      );
    }
    const after = await target.read(await staged.files(), { images });
    const kept = await whatWasKept(await read(), after);
    const isLossless = passedOver.size === 0 && kept.every((line) => line.kept === line.total);
    const isWritten = isLossless || !strict;
    if (isWritten) await staged.publish();
    return { from, to, kept, passedOver, isLossless, isWritten };
  } finally {
    await staged.discard();
  }
}

/** The same set, its images on the map where what is known about them says so. */
function placed(set: AnnotationSet, known: ReadonlyMap<string, ImageInfo>): AnnotationSet {
  async function* passing() {
    for await (const image of set.images) {
      const georeference = image.georeference ?? known.get(image.name)?.georeference;
      yield georeference === undefined ? image : { ...image, georeference };
    }
  }
  return { categories: set.categories, images: passing() };
}

/** The same set; what its images are is noted as they pass. */
function noting(set: AnnotationSet, images: Map<string, ImageInfo>): AnnotationSet {
  async function* passing() {
    for await (const image of set.images) {
      const { width, height, georeference } = image;
      images.set(image.name, { width, height, ...(georeference && { georeference }) });
      yield image;
    }
  }
  return { categories: set.categories, images: passing() };
}
