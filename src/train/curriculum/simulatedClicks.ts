/** Clicks that people might make on an object, before there is a network to click at. */

import { type ClickPattern, clickPatterns, type PatternName } from "../../clicks/clickPatterns.ts";
import { isWrong, isWrongAt } from "../../clicks/errors.ts";
import type { Click } from "../../clicks/prompts.ts";
import type { Truth } from "../../clicks/truth.ts";
import { damaged } from "../../data/augment/damaged.ts";

/** How clicks are simulated. */
export interface ClickHabits {
  /** The most clicks on one object, ≥ 1. */
  readonly most: number;
  /** How often each pattern is drawn, relative to the others. Every click is drawn anew. */
  readonly patterns: Readonly<Partial<Record<PatternName, number>>>;
}

/** The first click: into the object, of which nothing is found yet. */
export function firstClick(truth: Truth, habits: ClickHabits, random: () => number): Click {
  const { width, height } = truth;
  const nothing = { width, height, data: new Uint8Array(width * height) };
  return correctingClick(truth, nothing, [], habits, random);
}

/** The next click: into the largest error of a mask, not where there is one already. */
export function correctingClick(
  truth: Truth,
  mask: Truth,
  before: readonly Click[],
  { patterns }: ClickHabits,
  random: () => number,
): Click {
  const clicked = before.map(({ at }) => at);
  return patternOf(patterns, random)(truth, mask, clicked, random);
}

/** A mask that is wrong, and clicks that put it right. */
export interface Correction {
  readonly mask: Truth;
  /** At least one, unless no more are allowed. */
  readonly clicks: readonly Click[];
}

/**
 * Some clicks into the errors of a damaged mask. Each is taken to mend the mask around it, so that
 * the next lies elsewhere.
 *
 * @param before Clicks that were made already; they count towards the most.
 * @returns Fewer clicks where all is mended.
 */
export function correction(
  truth: Truth,
  before: readonly Click[],
  habits: ClickHabits,
  random: () => number,
): Correction {
  const room = habits.most - before.length;
  const count = Math.min(room, 1 + Math.floor(random() * room));
  const start = damaged(truth, random);
  const clicks: Click[] = [];
  let mask: Truth = start;
  while (clicks.length < count && isWrong(truth, mask)) {
    const click = correctingClick(truth, mask, [...before, ...clicks], habits, random);
    clicks.push(click);
    mask = mended(truth, mask, click);
  }
  return { mask: start, clicks };
}

/** The mask, right in a disc around a click twice as large as to the nearest pixel that was not wrong. */
function mended(truth: Truth, mask: Truth, { at }: Click): Truth {
  const { width, height } = truth;
  const distances = new Float64Array(mask.data).map((_, index) =>
    Math.hypot((index % width) - at.x, Math.floor(index / width) - at.y),
  );
  const depth = distances.reduce(
    (least, distance, index) => (isWrongAt(truth, mask, index) ? least : Math.min(least, distance)),
    Number.POSITIVE_INFINITY,
  );
  const data = mask.data.map((value, index) =>
    distances[index] < 2 * depth && isWrongAt(truth, mask, index) ? 1 - value : value,
  );
  return { width, height, data };
}

function patternOf(patterns: ClickHabits["patterns"], random: () => number): ClickPattern {
  const weights = Object.entries(patterns) as [PatternName, number][];
  let rest = random() * weights.reduce((sum, [, weight]) => sum + weight, 0);
  const drawn = weights.find(([, weight]) => {
    rest -= weight;
    return rest < 0;
  });
  return clickPatterns[drawn?.[0] ?? "centre"];
}
