/** One object, annotated as the protocol says: the same wherever and after whatever it is done. */

import { clickPatterns, type PatternName, type Truth } from "../../clicks/index.ts";
import {
  annotate,
  fingerprint,
  flipped,
  type Open,
  type Sample,
  sampleOf,
  zoomed,
} from "../../evaluate/index.ts";
import type { Run } from "../../graph/index.ts";
import type { Picture } from "../../image/index.ts";
import type { Model } from "../../models/index.ts";
import { openPicture } from "../../session/index.ts";
import { randomNumbers } from "../../tensor/index.ts";

/** What is the same for all objects of a run. */
export interface Manner {
  readonly clicks: number;
  readonly pattern: PatternName;
  readonly seed: number;
  readonly flip: boolean;
  readonly zoom: boolean;
}

export interface Job {
  readonly set: string;
  readonly id: string;
  readonly picture: Picture;
  readonly truth: Truth;
}

export async function annotateItem(
  { set, id, picture, truth }: Job,
  model: Model,
  run: Run,
  { clicks, pattern, seed, flip, zoom }: Manner,
): Promise<Sample> {
  const random = randomNumbers(seedOf(`${seed} ${set} ${id}`));
  const plain: Open = (opened) => openPicture(opened, model, { run });
  const looked = flip ? flipped(plain) : plain;
  const annotation = await annotate({ picture, truth }, zoom ? zoomed(looked) : looked, {
    clicks,
    next: (right, mask, clicked) => clickPatterns[pattern](right, mask, clicked, random),
    now: () => performance.now(),
  });
  return sampleOf(id, annotation);
}

/** Each object has random numbers of its own, so that their order does not matter. */
function seedOf(text: string): number {
  const print = fingerprint();
  print.addText(text);
  return Number.parseInt(print.digits(), 16);
}
