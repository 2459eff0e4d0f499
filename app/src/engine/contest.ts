/**
 * Two devices do the same piece of work: the one that is known, and one that may be faster. The
 * other one is taken where its answer is the same, up to rounding, and comes sooner.
 */

import {
  type Device,
  type Model,
  newSession,
  OBJECT,
  openPicture,
  pixel,
  say,
  scene,
} from "maskwise";

/** How it went; a value that can be kept. */
export interface Verdict {
  readonly isTaken: boolean;
  /** Encoding a small picture and answering a click, in milliseconds. */
  readonly usualMs: number;
  /** `undefined` where it gave no answer. */
  readonly otherMs: number | undefined;
  /** Largest difference of a probability between the two. */
  readonly difference: number | undefined;
  /** Why the other one gave no answer. */
  readonly failure: string | undefined;
}

/** Kernels round differently; probabilities apart by more than this are another answer. */
const SAME = 0.02;

/** It must be faster by this factor: a device that is about as fast is not worth the change. */
const FASTER = 1.25;

/** What is segmented: large enough to be work, small enough that nobody waits. */
const SIZE = { width: 96, height: 72 };
const SEED = 1;

/**
 * @param usual Whose answer is right.
 * @param open  The other device; what it rejects with is kept as the reason.
 * @param now   A clock in milliseconds.
 */
export async function contest(
  model: Model,
  usual: Pick<Device, "run">,
  open: () => Promise<Pick<Device, "run">>,
  now: () => number,
): Promise<Verdict> {
  const right = await attempt(model, usual, now);
  const lost = { isTaken: false, usualMs: right.ms };
  try {
    const { ms, probability } = await attempt(model, await open(), now);
    const difference = largestDifference(right.probability, probability);
    return {
      isTaken: difference <= SAME && ms * FASTER < right.ms,
      usualMs: right.ms,
      otherMs: ms,
      difference,
      failure: undefined,
    };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return { ...lost, otherMs: undefined, difference: undefined, failure };
  }
}

interface Attempt {
  readonly ms: number;
  readonly probability: ArrayLike<number>;
}

/** Twice: the first time compiles the graphs, the second is how long it takes from then on. */
async function attempt(
  model: Model,
  device: Pick<Device, "run">,
  now: () => number,
): Promise<Attempt> {
  await work(model, device);
  const begun = now();
  const probability = await work(model, device);
  return { ms: now() - begun, probability };
}

async function work(model: Model, { run }: Pick<Device, "run">): Promise<ArrayLike<number>> {
  const { picture } = scene(SEED, SIZE);
  const segmenter = await openPicture(picture, model, { run });
  const at = pixel(SIZE.width / 2, SIZE.height / 2);
  const session = say(newSession(SIZE), { kind: "click", at, says: OBJECT });
  return (await segmenter.segment(session)).probability(OBJECT).data;
}

/** Infinite where either is no number. */
function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs((a[i] ?? Number.NaN) - (b[i] ?? Number.NaN));
    if (!(difference <= 1)) return Number.POSITIVE_INFINITY;
    largest = Math.max(largest, difference);
  }
  return largest;
}
