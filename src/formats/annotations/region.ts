/** What can be asked of a region: its pixels, its box, its polygons. */

import { maskOfOutlines } from "../../image/maskOfOutlines.ts";
import { type Outline, outlines, type Ring } from "../../image/outlines.ts";
import type { Mask, Size } from "../../image/pixels.ts";
import type { Rectangle } from "../../image/rectangle.ts";
import { maskOfRunLengths, type RunLengths } from "../../image/runLengths.ts";
import { runLengthsAt, runLengthsBox, runLengthsPart } from "../../image/runLengthsPart.ts";
import { simplifyRing } from "../../image/simplifyRing.ts";
import { FormatError } from "../formatError.ts";
import type { BoxRegion, MaskRegion, Region } from "./annotations.ts";

/**
 * The pixels of a region as runs. A box is all its pixels; points have none.
 *
 * @param size Of the image.
 */
export function runsOf(region: Region, size: Size): RunLengths {
  switch (region.kind) {
    case "mask":
      return region.runs;
    case "polygons":
      return runsOfOutlines(region.parts, size);
    case "box":
      return runsOfOutlines([{ outer: boxRing(region), holes: [] }], size);
    case "points":
      return { width: size.width, height: size.height, counts: [size.width * size.height] };
    default:
      return region satisfies never;
  }
}

/** The pixels of a region, 1 where it is. */
export function maskOf(region: Region, size: Size): Mask {
  return maskOfRunLengths(runsOf(region, size));
}

/** The region of pixels that have a label. */
export function maskRegion(runs: RunLengths): MaskRegion {
  return { kind: "mask", runs };
}

/** The smallest box around a region, `undefined` where it has no pixel and no position. */
export function boxOf(region: Region): Omit<BoxRegion, "kind"> | undefined {
  if (region.kind === "box") return region;
  if (region.kind === "mask") return runLengthsBox(region.runs);
  const corners = region.kind === "points" ? region.points : region.parts.flatMap((p) => p.outer);
  return extent(corners);
}

/** How many pixels a region covers; of polygons and boxes, their area. */
export function areaOf(region: Region): number {
  switch (region.kind) {
    case "mask":
      return region.runs.counts.reduce((sum, run, i) => (i % 2 === 1 ? sum + run : sum), 0);
    case "polygons":
      return region.parts.reduce((sum, part) => sum + outlineArea(part), 0);
    case "box":
      return region.width * region.height;
    case "points":
      return 0;
    default:
      return region satisfies never;
  }
}

/**
 * The outlines of a region: its polygons as they are, those along the edges of its pixels otherwise.
 *
 * @param tolerance How far corners that are left out may lie from a mask's outline; polygons stay.
 */
export function outlinesOf(region: Region, tolerance = 0): readonly Outline[] {
  switch (region.kind) {
    case "mask":
      return outlinesOfRuns(region.runs, tolerance);
    case "polygons":
      return region.parts;
    case "box":
      return [{ outer: boxRing(region), holes: [] }];
    case "points":
      return [];
    default:
      return region satisfies never;
  }
}

/** Clockwise from the top left. */
export function boxRing({ left, top, width, height }: Omit<BoxRegion, "kind">): Ring {
  const [right, bottom] = [left + width, top + height];
  return [
    { unit: "corner", x: left, y: top },
    { unit: "corner", x: right, y: top },
    { unit: "corner", x: right, y: bottom },
    { unit: "corner", x: left, y: bottom },
  ];
}

/** Drawn in their own box only, so that a small object of a large image is cheap. */
function runsOfOutlines(parts: readonly Outline[], size: Size): RunLengths {
  const box = clipped(extent(parts.flatMap(({ outer }) => outer)), size);
  const { width, height } = size;
  if (box === undefined) return { width, height, counts: [width * height] };
  const moved = parts.map(({ outer, holes }) => ({
    outer: shifted(outer, -box.left, -box.top),
    holes: holes.map((hole) => shifted(hole, -box.left, -box.top)),
  }));
  try {
    return runLengthsAt(maskOfOutlines(moved, box), box, size);
  } catch (cause) {
    // Polygons come from outside; what is wrong with them is no fault of ours.
    if (cause instanceof RangeError) throw new FormatError(cause.message, { cause });
    throw cause;
  }
}

function outlinesOfRuns(runs: RunLengths, tolerance: number): readonly Outline[] {
  const box = runLengthsBox(runs);
  if (box === undefined) return [];
  const thinned = (ring: Ring): Ring =>
    shifted(tolerance > 0 ? simplifyRing(ring, tolerance) : ring, box.left, box.top);
  return outlines(runLengthsPart(runs, box)).map(({ outer, holes }) => ({
    outer: thinned(outer),
    holes: holes.map(thinned),
  }));
}

function shifted(ring: Ring, dx: number, dy: number): Ring {
  return ring.map(({ x, y }) => ({ unit: "corner", x: x + dx, y: y + dy }));
}

function extent(
  corners: readonly { readonly x: number; readonly y: number }[],
): Omit<BoxRegion, "kind"> | undefined {
  if (corners.length === 0) return undefined;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of corners) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return { left, top, width: right - left, height: bottom - top };
}

/** The whole pixels of an image that a box touches. */
function clipped(box: Omit<BoxRegion, "kind"> | undefined, size: Size): Rectangle | undefined {
  if (box === undefined) return undefined;
  const left = Math.max(0, Math.floor(box.left));
  const top = Math.max(0, Math.floor(box.top));
  const width = Math.min(size.width, Math.ceil(box.left + box.width)) - left;
  const height = Math.min(size.height, Math.ceil(box.top + box.height)) - top;
  return width > 0 && height > 0 ? { left, top, width, height } : undefined;
}

/** By the shoelace formula, holes taken off. */
function outlineArea({ outer, holes }: Outline): number {
  const area = (ring: Ring) => {
    let twice = 0;
    ring.forEach(({ x, y }, i) => {
      const next = ring[(i + 1) % ring.length];
      twice += x * next.y - next.x * y;
    });
    return Math.abs(twice) / 2;
  };
  return Math.max(0, area(outer) - holes.reduce((sum, hole) => sum + area(hole), 0));
}
