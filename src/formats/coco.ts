/**
 * A mask as COCO JSON: one annotation per label, its pixels as run lengths, so that holes and
 * separate parts are kept exactly.
 *
 * @see https://cocodataset.org/#format-data
 */

import { boundingBox, maskArea } from "../image/maskExtent.ts";
import { outlines } from "../image/outlines.ts";
import type { Mask } from "../image/pixels.ts";
import { runLengthString } from "../image/runLengthString.ts";
import { runLengths } from "../image/runLengths.ts";
import { checkMask, type MaskAbout } from "./namedMask.ts";

export interface CocoDocument {
  readonly info: { readonly description: string };
  readonly images: readonly CocoImage[];
  readonly categories: readonly CocoCategory[];
  readonly annotations: readonly CocoAnnotation[];
}

export interface CocoImage {
  readonly id: number;
  readonly file_name: string;
  readonly width: number;
  readonly height: number;
}

export interface CocoCategory {
  readonly id: number;
  readonly name: string;
  readonly supercategory: string;
}

export interface CocoAnnotation {
  readonly id: number;
  readonly image_id: number;
  readonly category_id: number;
  readonly segmentation: CocoRunLengths | CocoPolygons;
  /** In pixels of the mask. */
  readonly area: number;
  /** Left, top, width, height in pixels. */
  readonly bbox: readonly [number, number, number, number];
  readonly iscrowd: 0 | 1;
}

export interface CocoRunLengths {
  /** Height, then width. */
  readonly size: readonly [number, number];
  /** Compressed as text, or as they are. */
  readonly counts: string | readonly number[];
}

/** x, y, x, y … of each part in pixels, (0, 0) the corner of the top left pixel. */
export type CocoPolygons = readonly (readonly number[])[];

export interface CocoOptions {
  /**
   * How pixels are told: run lengths are exact; polygons are for tools that read nothing else, and
   * fill holes. @default "run lengths"
   */
  readonly segmentation?: "run lengths" | "polygons";
}

/**
 * The COCO document of one mask. A label's value is its category's id; a label without pixels has
 * a category and no annotation; the background has neither.
 */
export function cocoDocument(
  mask: Mask,
  { labels, picture }: MaskAbout,
  { segmentation = "run lengths" }: CocoOptions = {},
): CocoDocument {
  checkMask("cocoDocument", mask, labels);
  const { width, height } = mask;
  const annotations: CocoAnnotation[] = [];
  for (let label = 1; label < labels.length; label++) {
    const box = boundingBox(mask, label);
    if (box === undefined) continue;
    annotations.push({
      id: annotations.length + 1,
      image_id: 1,
      category_id: label,
      segmentation: segmentation === "polygons" ? polygons(mask, label) : runs(mask, label),
      area: maskArea(mask, label),
      bbox: [box.left, box.top, box.width, box.height],
      iscrowd: 0,
    });
  }
  return {
    info: { description: "Masks made with maskwise" },
    images: [{ id: 1, file_name: picture, width, height }],
    categories: labels
      .map((name, id) => ({ id, name, supercategory: "" }))
      .filter(({ id }) => id > 0),
    annotations,
  };
}

/** The document as bytes of JSON. */
export function writeCoco(mask: Mask, about: MaskAbout, options: CocoOptions = {}): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(cocoDocument(mask, about, options))}\n`);
}

function runs(mask: Mask, label: number): CocoRunLengths {
  const { width, height, counts } = runLengths(mask, label);
  return { size: [height, width], counts: runLengthString(counts) };
}

/** One polygon per part; its holes have no place in them. */
function polygons(mask: Mask, label: number): CocoPolygons {
  return outlines(mask, label).map(({ outer }) => outer.flatMap(({ x, y }) => [x, y]));
}
