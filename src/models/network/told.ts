/**
 * What was said, as a network hears it: points of the image it looks at, each for or against one
 * label.
 */

import { innermost } from "../../clicks/innermost.ts";
import type { Label, Prompt, Region, Stroke } from "../../clicks/prompts.ts";
import { isRegion, regionHolds } from "../../clicks/regions.ts";
import { mapInto } from "../../image/mapInto.ts";
import type { PixelPoint, Plane, Size } from "../../image/pixels.ts";
import { resizePlane } from "../../image/resize.ts";
import { UNSURE } from "../../image/unsure.ts";
import type { Question } from "../model.ts";

/** A place in the working image, counted from its upper left corner, and the label it says. */
export interface ToldPoint {
  readonly row: number;
  readonly column: number;
  readonly says: Label;
  /** What was said. */
  readonly prompt: Prompt;
}

/** Points along a stroke are this share of the image's longer side apart, at most. */
const STROKE_STEP = 1 / 16;

/**
 * Clicks are points; so is every piece of a stroke, and the centre of a box, or the innermost pixel of a
 * lasso, in which its label was not pointed at otherwise. What those say of the outside, the session
 * sees to.
 *
 * @param whole   Size of the image that the question is about.
 * @param working Size of the image that the network looks at.
 */
export function pointsOf({ prompts }: Question, whole: Size, working: Size): readonly ToldPoint[] {
  return prompts
    .filter((prompt) => !isRegion(prompt) || isAlone(prompt, prompts))
    .flatMap((prompt) =>
      placesOf(prompt, whole).map(({ x, y }) => ({
        row: ((y + 0.5) * working.height) / whole.height,
        column: ((x + 0.5) * working.width) / whole.width,
        says: prompt.says,
        prompt,
      })),
    );
}

/** Whether nothing but the region says where in it its label is. */
function isAlone(region: Region, prompts: readonly Prompt[]): boolean {
  const { says } = region;
  const isInside = ({ x, y }: PixelPoint) => regionHolds(region, Math.round(x), Math.round(y));
  return !prompts.some(
    (prompt) =>
      (prompt.kind === "click" && prompt.says === says && isInside(prompt.at)) ||
      (prompt.kind === "stroke" && prompt.says === says && prompt.points.some(isInside)),
  );
}

function placesOf(
  prompt: Prompt,
  whole: Size,
): readonly { readonly x: number; readonly y: number }[] {
  switch (prompt.kind) {
    case "click":
      return [prompt.at];
    case "box":
      return [{ x: (prompt.from.x + prompt.to.x) / 2, y: (prompt.from.y + prompt.to.y) / 2 }];
    case "lasso":
      return [innermost(prompt)];
    case "stroke":
      return alongStroke(prompt, STROKE_STEP * Math.max(whole.width, whole.height));
    default:
      return prompt satisfies never;
  }
}

/** Its first point, and points that are at most `step` apart up to its last. */
function alongStroke({ points }: Stroke, step: number): readonly { x: number; y: number }[] {
  return points.flatMap((to, i) => {
    if (i === 0) return [{ x: to.x, y: to.y }];
    const from = points[i - 1];
    const pieces = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / step));
    return Array.from({ length: pieces }, (_, piece) => {
      const share = (piece + 1) / pieces;
      return { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
    });
  });
}

/**
 * The mask to start from as one label sees it: 1 where it is, −1 elsewhere, times how firmly it is
 * believed, `precision / (1 + precision)`; 0 where it is unsure, and everywhere where there is none.
 *
 * @param label Index into the question's labels.
 */
export function startOf({ start }: Question, label: number, size: Size): Plane {
  if (start === undefined) {
    return { ...size, data: new Float32Array(size.width * size.height) };
  }
  const { mask, precision } = start;
  const trust = precision / (1 + precision);
  const data = mapInto(new Float32Array(mask.data.length), mask.data, (own) =>
    own === UNSURE ? 0 : own === label ? trust : -trust,
  );
  return resizePlane({ width: mask.width, height: mask.height, data }, size);
}

/** Whether anything says that a label is somewhere. */
export function isAskedFor(
  { labels, start }: Question,
  label: number,
  points: readonly ToldPoint[],
): boolean {
  return (
    points.some(({ says }) => says === labels[label]) || (start?.mask.data.includes(label) ?? false)
  );
}
