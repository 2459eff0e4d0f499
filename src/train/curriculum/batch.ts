/** Samples of one step, as threads make them: numbers only, so that they travel without a copy. */

import type { Click } from "../../clicks/prompts.ts";
import { IGNORE, INSIDE, type Truth } from "../../clicks/truth.ts";
import { type Augmentation, augmentedDraw } from "../../data/augment/augmented.ts";
import type { Source, Told } from "../../data/collections/drawObject.ts";
import { randomNumbers } from "../../tensor/random.ts";
import { seedAt } from "./seedAt.ts";
import { type ClickHabits, correction, firstClick } from "./simulatedClicks.ts";
import { type Stage, type TaskName, taskAt } from "./tasks.ts";

export interface Batch {
  /** Counted from 0. */
  readonly step: number;
  readonly task: TaskName;
  /** Side of the squares, in pixels. */
  readonly side: number;
  /** What was drawn, for messages. */
  readonly ids: readonly string[];
  /** `[batch, 3, side, side]`, red, green and blue in 0 … 1. */
  readonly image: Float32Array;
  /** `[batch, side, side]`: 1 object, 0 background, `IGNORE` undecided. */
  readonly truth: Uint8Array;
  /** Of each sample; for the task `loop` the first alone. */
  readonly clicks: readonly (readonly Click[])[];
  /**
   * `[batch, side, side]`: masks to start from, 0 where nothing is known, up to 1 for the object and
   * −1 for the background.
   */
  readonly start: Float32Array;
}

/** What batches are made by. */
export interface BatchPlan {
  readonly seed: number;
  /** Samples in a batch, ≥ 1. */
  readonly batch: number;
  readonly crop: Augmentation;
  readonly clicks: ClickHabits;
  readonly curriculum: readonly Stage[];
  /**
   * Whether the network takes a mask to start from: then it is given the damaged one, and clicks on
   * its errors alone. Otherwise it is told by a click what the object is, and then the same.
   */
  readonly takesStart: boolean;
}

/** How firmly a mask to start from is believed, at least and at most. */
const TRUST = [0.5, 1] as const;

/**
 * The batch of a step. It depends on plan, sources and step alone.
 *
 * @throws {FormatError} As `drawObject`.
 * @throws {RangeError} As `augmentedDraw`.
 */
export async function batchAt(
  step: number,
  sources: readonly Source[],
  plan: BatchPlan,
  told: Told,
): Promise<Batch> {
  const { seed, batch, crop, clicks: habits } = plan;
  const task = taskAt(plan.curriculum, seed, step);
  const pixels = crop.side * crop.side;
  const image = new Float32Array(batch * 3 * pixels);
  const truths = new Uint8Array(batch * pixels);
  const start = new Float32Array(batch * pixels);
  const ids: string[] = [];
  const clicks: (readonly Click[])[] = [];
  for (let place = 0; place < batch; place++) {
    const random = randomNumbers(seedAt(seed, step, place));
    const { id, picture, truth } = await augmentedDraw(sources, crop, random, told);
    ids.push(id);
    if (task === "correction" && plan.takesStart) {
      const { mask, clicks: own } = correction(truth, [], habits, random);
      const trust = TRUST[0] + (TRUST[1] - TRUST[0]) * random();
      start.set(
        new Float32Array(mask.data).map((value) => (value === 0 ? -trust : trust)),
        place * pixels,
      );
      clicks.push(own);
    } else {
      const first = [firstClick(truth, habits, random)];
      const more = task === "correction" ? correction(truth, first, habits, random).clicks : [];
      clicks.push([...first, ...more]);
    }
    planes(picture.data, image.subarray(place * 3 * pixels, (place + 1) * 3 * pixels));
    truths.set(truth.data, place * pixels);
  }
  return { step, task, side: crop.side, ids, image, truth: truths, clicks, start };
}

/** What is right about one sample. */
export function truthAt({ side, truth }: Batch, place: number): Truth {
  const pixels = side * side;
  const data = truth.subarray(place * pixels, (place + 1) * pixels);
  return { width: side, height: side, data };
}

/** The truth of a batch as a graph takes it: what is neither object nor undecided is background. */
export function truthNumbers({ truth }: Batch): Float32Array {
  return new Float32Array(truth).map((value) => (value === INSIDE || value === IGNORE ? value : 0));
}

/** Colours pixel by pixel, 0 to 255, as planes of 0 to 1. */
function planes(data: ArrayLike<number>, into: Float32Array): void {
  const pixels = into.length / 3;
  for (let at = 0; at < pixels; at++) {
    for (let channel = 0; channel < 3; channel++) {
      into[channel * pixels + at] = data[3 * at + channel] / 255;
    }
  }
}
