/**
 * The annotations of a data set, as a value: images, the objects in them, and what each object's
 * pixels are. Every annotation format is read into it and written from it.
 */

import type { Outline } from "../../image/outlines.ts";
import type { Size } from "../../image/pixels.ts";
import type { RunLengths } from "../../image/runLengths.ts";
import type { Work } from "./work.ts";

/** What formats let people note beside the pixels; lists are of one kind. */
export type AttributeValue = string | number | boolean | readonly (string | number)[];
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** A class of objects. Instances name it; numbers are the formats' affair. */
export interface Category {
  readonly name: string;
  /** Its number in the source, which formats with numbers keep where they can. */
  readonly id?: number;
  readonly supercategory?: string;
  readonly attributes?: Attributes;
}

/** One object of an image. */
export interface Instance {
  /** The name of its category. */
  readonly category: string;
  readonly region: Region;
  /** A region of many objects that nobody told apart. @default false */
  readonly isCrowd?: boolean;
  /** How sure a model was of it, 0 to 1. */
  readonly score?: number;
  /** Instances of one image with the same number belong together. */
  readonly group?: number;
  readonly id?: number;
  readonly attributes?: Attributes;
}

/** Where an object is. Positions are corners of pixels: (0, 0) is the corner of the top-left pixel. */
export type Region = MaskRegion | PolygonRegion | BoxRegion | PointsRegion;

/** Exactly these pixels. */
export interface MaskRegion {
  readonly kind: "mask";
  readonly runs: RunLengths;
}

/** The pixels whose centres lie in any of the parts. */
export interface PolygonRegion {
  readonly kind: "polygons";
  readonly parts: readonly Outline[];
}

/** A rectangle around the object, and nothing more exact. */
export interface BoxRegion {
  readonly kind: "box";
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Some positions, such as clicks or keypoints. */
export interface PointsRegion {
  readonly kind: "points";
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** Where on a map an image is: `X = a + b x + c y`, `Y = d + e x + f y` with (x, y) a corner of pixels. */
export interface Georeference {
  /** a, b, c, d, e, f. */
  readonly transform: readonly number[];
  /** The system of coordinates, such as `EPSG:32633`. */
  readonly crs?: string;
}

export interface AnnotatedImage extends Size {
  /** Its file, in the data set's folder: `train/cat.jpg`. Always relative, with `/`. */
  readonly name: string;
  readonly id?: number;
  /** Later instances lie over earlier ones, in formats that have room for one per pixel. */
  readonly instances: readonly Instance[];
  readonly attributes?: Attributes;
  readonly georeference?: Georeference;
  /** How the masks came about: what was said, to which model, and its beliefs. */
  readonly work?: Work;
}

/**
 * A data set whose images come one after another, so that it need not fit into memory. A list of
 * images will do: `{ categories, images: [image] }`.
 */
export interface AnnotationSet {
  /** Those that the source declares, in its order; instances may name further ones. */
  readonly categories: readonly Category[];
  readonly images: AsyncIterable<AnnotatedImage> | Iterable<AnnotatedImage>;
}

/** A data set in memory. */
export interface Annotations extends AnnotationSet {
  readonly images: readonly AnnotatedImage[];
}

/** All images of a set, and its categories with those that only instances name. */
export async function gathered(set: AnnotationSet): Promise<Annotations> {
  const images: AnnotatedImage[] = [];
  const categories = new Map(set.categories.map((category) => [category.name, category]));
  for await (const image of set.images) {
    images.push(image);
    for (const { category } of image.instances) {
      if (!categories.has(category)) categories.set(category, { name: category });
    }
  }
  return { categories: [...categories.values()], images };
}
