/** The region of one annotation of COCO: its segmentation, or its box where there is none. */

import type { Size } from "../../../image/pixels.ts";
import { polygonsAt, runLengthsOfSegmentation } from "../../cocoSegmentation.ts";
import { at, type Field, listAt, numberAt, wrong } from "../../jsonFields.ts";
import type { Region } from "../annotations.ts";

/** @returns `undefined` where an annotation has neither. */
export function cocoRegion(annotation: Field, size: Size): Region | undefined {
  const segmentation = at(annotation, "segmentation");
  const { value } = segmentation;
  const isMissing =
    value === undefined || value === null || (Array.isArray(value) && value.length === 0);
  if (isMissing) return boxAt(at(annotation, "bbox"));
  if (Array.isArray(value)) return { kind: "polygons", parts: polygonsAt(segmentation) };
  return { kind: "mask", runs: runLengthsOfSegmentation(segmentation, size) };
}

/** Left, top, width, height. */
function boxAt(field: Field): Region | undefined {
  if (field.value === undefined || field.value === null) return undefined;
  const [left, top, width, height, ...more] = listAt(field).map(numberAt);
  if (height === undefined || more.length > 0 || width < 0 || height < 0) {
    throw wrong(field, "left, top, width and height");
  }
  return { kind: "box", left, top, width, height };
}
