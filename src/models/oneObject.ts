/** For models that know one object and its background, and nothing but clicks. */

import { type Click, OBJECT, type Prompt } from "../clicks/prompts.ts";
import type { Plane } from "../image/pixels.ts";
import type { Belief, Question } from "./model.ts";

/**
 * The clicks of a question.
 *
 * @param model The name of the model, for the message.
 * @throws {RangeError} When something else is asked.
 */
export function clicksOf({ labels, prompts, start }: Question, model: string): readonly Click[] {
  const isClick = (prompt: Prompt): prompt is Click => prompt.kind === "click";
  const isKnown = labels.length === 2 && labels[1] === OBJECT;
  if (isKnown && start === undefined && prompts.every(isClick)) return prompts.filter(isClick);
  throw new RangeError(
    `${model}: expected clicks for one object and its background, got something else. Use another model.`,
  );
}

/**
 * The belief that follows from the object's probability.
 *
 * @param object In [0, 1].
 */
export function beliefOf({ labels }: Question, { width, height, data }: Plane): Belief {
  return {
    labels,
    width,
    height,
    rows: (from, to) => {
      const part = data.subarray(from * width, to * width);
      const rows = new Float32Array(2 * part.length);
      part.forEach((probability, at) => {
        rows[at] = 1 - probability;
        rows[part.length + at] = probability;
      });
      return rows;
    },
  };
}
