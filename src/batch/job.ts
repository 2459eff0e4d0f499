/**
 * A batch cuts out the objects of many pictures that something else has found before: a detector's
 * boxes, points, masks to be refined. One picture is one job, and a job is JSON, so that it can travel.
 */

import type { CocoPolygons, CocoRunLengths } from "../formats/coco.ts";

/** What kind of thing is known of the objects before. */
export type PromptKind = "boxes" | "points" | "masks";

export const promptKinds: readonly PromptKind[] = ["boxes", "points", "masks"];

/** A place in image pixels, (0, 0) the centre of the top left pixel. */
export interface JobPoint {
  readonly x: number;
  readonly y: number;
  readonly says: "object" | "background";
}

/** One object, and what is known of it. */
export interface JobObject {
  /** Its number where it comes from, to be kept. */
  readonly id?: number;
  /** The name of its category. */
  readonly category: string;
  /** Its first and last column and row: left, top, right, bottom, in pixels. */
  readonly box?: readonly [number, number, number, number];
  readonly points?: readonly JobPoint[];
  /** A mask to start from, as COCO writes it. */
  readonly mask?: CocoRunLengths | CocoPolygons;
}

export interface Job {
  /** Of the picture: its `id` in COCO JSON, else its place in the batch, from 1. */
  readonly id: number;
  /** The picture's path inside the folder of pictures, with "/" between folders. */
  readonly picture: string;
  readonly objects: readonly JobObject[];
  /** Files with masks to start from, one object per label, inside the folder of masks. */
  readonly maskFiles?: readonly string[];
}

/** What an object is called, and the number it has where it comes from. */
export interface JobCategory {
  readonly id: number;
  readonly name: string;
}

/** Everything that a batch is to do. */
export interface Plan {
  /** Of different pictures. */
  readonly jobs: readonly Job[];
  /** Of all objects in all pictures; masks in files name theirs later. */
  readonly categories: readonly JobCategory[];
  /** How many pictures there are of which nothing is known: they are passed over. */
  readonly passedOver: number;
}
