/**
 * Answers of a model, the last one kept: an edit by hand asks nothing new of it, and neither does a
 * step that is undone at once.
 */

import type { Mask } from "../image/pixels.ts";
import type { Belief, Encoding, Question } from "../models/model.ts";

export function remembering(encoding: Encoding): Encoding["answer"] {
  let last:
    | { readonly asked: Question; readonly text: string; readonly belief: Belief }
    | undefined;
  return async (asked, context) => {
    const text = textOf(asked);
    if (last?.text === text && isSame(last.asked.start?.mask, asked.start?.mask))
      return last.belief;
    const belief = await encoding.answer(asked, context);
    last = { asked, text, belief };
    return belief;
  };
}

/** All of a question but the pixels of its mask. */
function textOf({ start, ...others }: Question): string {
  return JSON.stringify({ ...others, start: start && { ...start, mask: undefined } });
}

function isSame(one: Mask | undefined, other: Mask | undefined): boolean {
  if (one === other) return true;
  if (one?.data.length !== other?.data.length) return false;
  return one?.data.every((value, at) => value === other?.data[at]) ?? false;
}
