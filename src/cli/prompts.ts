/**
 * The written form of prompts: `x,y`, `x0,y0,x1,y1` and `x,y x,y x,y …`; where it may have a name, that
 * stands before a colon.
 */

import { InvalidArgumentError } from "commander";
import { BACKGROUND, type Label, OBJECT, type Prompt } from "../clicks/index.ts";
import { pixel } from "../image/index.ts";

/** Prompts collected from a repeated option. */
type Collected = readonly Prompt[];

/** `--object x,y` and `--background x,y`. */
export function clickOn(says: Label): (text: string, before?: Collected) => Collected {
  return (text, before = []) => {
    const [x, y] = numbers(text, 2, "x,y in pixels, such as 120,80");
    return [...before, { kind: "click", at: pixel(x, y), says }];
  };
}

/** `--label name:x,y`. */
export function namedClick(text: string, before: Collected = []): Collected {
  const expected = "name:x,y in pixels, such as cat:120,80";
  const [says, rest] = named(text);
  if (says === undefined) throw new InvalidArgumentError(`Expected ${expected}.`);
  const [x, y] = numbers(rest, 2, expected);
  return [...before, { kind: "click", at: pixel(x, y), says }];
}

/** `--box x0,y0,x1,y1`, of the object, or `--box name:x0,y0,x1,y1`. */
export function box(text: string, before: Collected = []): Collected {
  const [says = OBJECT, rest] = named(text);
  const [x0, y0, x1, y1] = numbers(rest, 4, "x0,y0,x1,y1 in pixels, such as 40,30,220,180");
  return [...before, { kind: "box", from: pixel(x0, y0), to: pixel(x1, y1), says }];
}

/** `--lasso "x,y x,y x,y …"`, of the object, or `--lasso "name:x,y …"`; the last point joins the first. */
export function lasso(text: string, before: Collected = []): Collected {
  const [says = OBJECT, rest] = named(text);
  const expected =
    'at least three x,y in pixels with spaces between, such as "40,30 220,30 130,180"';
  const points = rest
    .trim()
    .split(/\s+/)
    .map((point) => {
      const [x, y] = numbers(point, 2, expected);
      return pixel(x, y);
    });
  if (points.length < 3) throw new InvalidArgumentError(`Expected ${expected}.`);
  return [...before, { kind: "lasso", points, says }];
}

/**
 * The labels of a set of prompts: the background, those of a mask to start from, the object where
 * it is spoken of, then the names in the order of their first click. Boxes and lassos name no new labels.
 *
 * @param known The labels of the mask to start from, where it names them. @default none
 */
export function labelsOf(
  prompts: readonly Prompt[],
  known: readonly Label[] = [],
): readonly Label[] {
  const clicked = prompts.filter(({ kind }) => kind === "click").map(({ says }) => says);
  const object = prompts.some(({ says }) => says === OBJECT) ? [OBJECT] : [];
  const labels = new Set([BACKGROUND, ...known.slice(1), ...object, ...clicked]);
  return labels.size > 1 ? [...labels] : [BACKGROUND, OBJECT];
}

function named(text: string): readonly [Label | undefined, string] {
  const colon = text.lastIndexOf(":");
  if (colon === -1) return [undefined, text];
  const label = text.slice(0, colon).trim();
  if (label === "") throw new InvalidArgumentError("Expected a name before the colon.");
  return [label, text.slice(colon + 1)];
}

const NUMBER = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?\s*$/i;

function numbers(text: string, count: number, expected: string): readonly number[] {
  const parts = text.split(",");
  const values = parts.map(Number);
  if (
    parts.length !== count ||
    !parts.every((part) => NUMBER.test(part)) ||
    !values.every((value) => Number.isFinite(value))
  ) {
    throw new InvalidArgumentError(`Expected ${expected}.`);
  }
  return values;
}
