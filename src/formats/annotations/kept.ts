/**
 * What of some annotations came through a format: what was written is read again and laid beside what
 * there was. Nothing is taken on trust, so no format needs to know what it loses.
 */

import { runLengthsIou } from "../../image/runLengthsOverlap.ts";
import type { AnnotatedImage, AnnotationSet, Attributes, Instance, Region } from "./annotations.ts";
import { matchedInstances } from "./matchedInstances.ts";
import { runsOf } from "./region.ts";

/** One line of the account. */
export interface Kept {
  /** What is counted, in the plural. */
  readonly what: string;
  readonly total: number;
  readonly kept: number;
  /** How well the pixels of those agree that were written in another form or not exactly. */
  readonly iou?: { readonly mean: number; readonly least: number };
}

/** All things that are counted, in the order in which they are told. */
const COUNTED = [
  "images",
  "categories",
  "objects",
  "masks, pixel by pixel",
  "masks, as polygons",
  "polygons, corner by corner",
  "pixels of polygons",
  "boxes",
  "points",
  "crowds",
  "scores",
  "groups",
  "attributes",
  "places on a map",
  "sessions",
  "probabilities",
] as const;
type Counted = (typeof COUNTED)[number];

interface Tally {
  total: number;
  kept: number;
  readonly ious: { sum: number; least: number; count: number };
}

/**
 * Compare annotations before and after; images are found by their names.
 *
 * @returns What there was any of, in a fixed order. Everything was kept where all totals are reached.
 */
export async function whatWasKept(
  before: AnnotationSet,
  after: AnnotationSet,
): Promise<readonly Kept[]> {
  const tallies = new Map(COUNTED.map((what) => [what, newTally()]));
  const count = (what: Counted, isKept: boolean, iou?: number): void => {
    const tally = tallies.get(what) as Tally;
    tally.total++;
    if (isKept) tally.kept++;
    if (iou === undefined) return;
    tally.ious.sum += iou;
    tally.ious.count++;
    tally.ious.least = Math.min(tally.ious.least, iou);
  };
  const find = finderOf(after);
  const names = new Set(before.categories.map(({ name }) => name));
  for await (const image of before.images) {
    const found = await find(image.name);
    count("images", found !== undefined && sameSize(image, found));
    for (const { category } of image.instances) names.add(category);
    countImage(image, found, count);
  }
  const known = new Set(after.categories.map(({ name }) => name));
  for (const category of await find.categories()) known.add(category);
  for (const name of names) count("categories", known.has(name));
  return COUNTED.flatMap((what) => line(what, tallies.get(what) as Tally));
}

type Count = (what: Counted, isKept: boolean, iou?: number) => void;

function newTally(): Tally {
  return { total: 0, kept: 0, ious: { sum: 0, least: 1, count: 0 } };
}

function line(what: Counted, { total, kept, ious }: Tally): readonly Kept[] {
  if (total === 0) return [];
  const iou = { mean: ious.sum / ious.count, least: ious.least };
  return [{ what, total, kept, ...(ious.count > 0 && { iou }) }];
}

/** Images of a set by name. They mostly come in the order they are asked for; others wait. */
function finderOf(set: AnnotationSet) {
  const iterator =
    Symbol.asyncIterator in set.images
      ? set.images[Symbol.asyncIterator]()
      : set.images[Symbol.iterator]();
  const waiting = new Map<string, AnnotatedImage>();
  const categories = new Set<string>();
  const next = async (): Promise<AnnotatedImage | undefined> => {
    const { done, value } = await iterator.next();
    if (done) return undefined;
    for (const { category } of value.instances) categories.add(category);
    return value;
  };
  const find = async (name: string): Promise<AnnotatedImage | undefined> => {
    const known = waiting.get(name);
    waiting.delete(name);
    if (known !== undefined) return known;
    for (let image = await next(); image !== undefined; image = await next()) {
      if (image.name === name) return image;
      waiting.set(image.name, image);
    }
    return undefined;
  };
  return Object.assign(find, {
    /** All that instances name, once the rest is read. */
    categories: async () => {
      while ((await next()) !== undefined);
      return categories;
    },
  });
}

function sameSize(a: AnnotatedImage, b: AnnotatedImage): boolean {
  return a.width === b.width && a.height === b.height;
}

function countImage(before: AnnotatedImage, after: AnnotatedImage | undefined, count: Count): void {
  const comparable = after !== undefined && sameSize(before, after) ? after : undefined;
  const matches = matchedInstances(before, comparable);
  before.instances.forEach((instance, i) => {
    const match = matches[i];
    count("objects", match?.category === instance.category);
    countRegion(instance.region, match?.region, before, count);
    if (instance.isCrowd === true) count("crowds", match?.isCrowd === true);
    if (instance.score !== undefined) count("scores", near(match?.score, instance.score));
    if (instance.group !== undefined) count("groups", match?.group === instance.group);
    countAttributes(instance.attributes, match?.attributes, count);
  });
  countAttributes(before.attributes, after?.attributes, count);
  if (before.georeference !== undefined) {
    const same = JSON.stringify(before.georeference) === JSON.stringify(after?.georeference);
    count("places on a map", same);
  }
  if (before.work === undefined) return;
  const { session, probabilities = {} } = before.work;
  count("sessions", JSON.stringify(after?.work?.session) === JSON.stringify(session));
  for (const [label, plane] of Object.entries(probabilities)) {
    const kept = after?.work?.probabilities?.[label];
    count("probabilities", plane.data.every((value, i) => kept?.data[i] === value) === true);
  }
}

function countRegion(
  before: Region,
  after: Instance["region"] | undefined,
  image: AnnotatedImage,
  count: Count,
): void {
  if (before.kind === "box" || before.kind === "points") {
    count(before.kind === "box" ? "boxes" : "points", sameRegion(before, after));
    return;
  }
  const iou = after === undefined ? 0 : runLengthsIou(runsOf(before, image), runsOf(after, image));
  if (before.kind === "polygons") {
    count("polygons, corner by corner", sameRegion(before, after));
    count("pixels of polygons", iou === 1, iou);
    return;
  }
  const what = after?.kind === "polygons" ? "masks, as polygons" : "masks, pixel by pixel";
  count(what, iou === 1, iou);
}

/** Positions that differ by less than a hundredth of a pixel are the same. */
const NEAR = 0.01;

function near(a: number | undefined, b: number): boolean {
  return a !== undefined && Math.abs(a - b) < NEAR;
}

function sameRegion(a: Region, b: Region | undefined): boolean {
  if (a.kind === "box" && b?.kind === "box") {
    return (["left", "top", "width", "height"] as const).every((side) => near(a[side], b[side]));
  }
  if (a.kind === "points" && b?.kind === "points") return samePoints(a.points, b.points);
  if (a.kind !== "polygons" || b?.kind !== "polygons") return false;
  const [ringsA, ringsB] = [a, b].map(({ parts }) =>
    parts.flatMap(({ outer, holes }) => [outer, ...holes]),
  );
  return ringsA.length === ringsB.length && ringsA.every((ring, i) => samePoints(ring, ringsB[i]));
}

type Positions = readonly { readonly x: number; readonly y: number }[];

function samePoints(a: Positions, b: Positions): boolean {
  return a.length === b.length && a.every(({ x, y }, i) => near(x, b[i].x) && near(y, b[i].y));
}

function countAttributes(before: Attributes = {}, after: Attributes = {}, count: Count): void {
  for (const [name, value] of Object.entries(before)) {
    count("attributes", JSON.stringify(after[name]) === JSON.stringify(value));
  }
}
