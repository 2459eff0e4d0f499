/** What every annotation format is: it reads files into annotations, and writes them. */

import type { Size } from "../../image/pixels.ts";
import type { AnnotationSet, Georeference } from "./annotations.ts";
import type { FileSource, OutputFile } from "./files.ts";

/** What is known about an image without its annotations. */
export interface ImageInfo extends Size {
  readonly georeference?: Georeference;
}

export interface ReadOptions {
  /**
   * The images that annotations are of, by name, for formats that say neither their sizes nor how
   * their names end. @default the pictures among the files
   */
  readonly images?: ReadonlyMap<string, ImageInfo>;
  /** Called for whatever is in the files and has no place in the value: what, in the plural. */
  readonly passOver?: (what: string) => void;
}

export interface WriteOptions {
  /**
   * How far, in pixels, a corner that is left out of a polygon may lie from it. Applies where masks
   * are written as polygons. @default 0: the pixels stay the same
   */
  readonly tolerance?: number;
  /** Write masks as polygons in formats that know both. @default false */
  readonly polygons?: boolean;
}

/** What a format can say. What it cannot is lost by writing, and `convert` counts it. */
export interface Holds {
  /** In which form an object's pixels are written. */
  readonly pixels: "masks" | "polygons" | "masks and polygons";
  /** Whether two objects may share a pixel. */
  readonly overlaps: boolean;
  readonly boxes: boolean;
  readonly points: boolean;
}

export interface AnnotationFormat {
  /** What it is, as it would stand in a sentence. */
  readonly words: string;
  /** The ending of the one file that holds a whole set; absent where there is a folder of files. */
  readonly extension?: string;
  readonly holds: Holds;
  /** Whether files seem to be of this format; a glance, no proof. */
  recognises(files: FileSource): Promise<boolean>;
  /** @throws {FormatError} Not of this format, or damaged; with the file and the path of the fault. */
  read(files: FileSource, options?: ReadOptions): Promise<AnnotationSet>;
  write(set: AnnotationSet, options?: WriteOptions): AsyncIterable<OutputFile>;
}
