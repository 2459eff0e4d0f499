/**
 * The model's mask with everything laid over it that was changed by hand.
 *
 * Layers are done one after the other to the mask as it is by then. What was said after an edit and
 * against it takes back from it what the model, too, gives to that label and hangs together with
 * the place; so a click is obeyed in an edited place as it is elsewhere, and not by one pixel alone.
 */

import { type PinnedPixels, pixelsOf } from "../../clicks/pinnedPixels.ts";
import type { Label, Prompt } from "../../clicks/prompts.ts";
import type { Mask } from "../../image/pixels.ts";
import { footprint, isPlaced, type PlacedEdit } from "./footprint.ts";
import { type HandEdit, type Layer, labelOf } from "./handEdit.ts";
import { strengths } from "./softness.ts";
import { wholeLabelEdited } from "./wholeLabel.ts";

/** All that edits are done to. */
export interface Unretouched {
  readonly labels: readonly Label[];
  /** What the model says and what it was told, as indices into the labels. */
  readonly mask: Mask;
  /** Probabilities of rows `from` to `to` (exclusive), `[labels, rows, width]`. */
  rows(from: number, to: number): Float32Array;
  /** The pixels that the prompts in force fix. */
  readonly pinned: PinnedPixels;
}

export interface Retouched {
  readonly mask: Mask;
  /** `[height, width]`: 1 where an edit decided, whatever the model says. */
  readonly byHand: Uint8Array;
}

/** @param between Called before each layer; it may throw to stop. */
export function retouched(
  layers: readonly Layer[],
  before: Unretouched,
  between: () => void,
): Retouched {
  const { width, height, data } = before.mask;
  const mask = { width, height, data: data.slice() };
  const result = { mask, byHand: new Uint8Array(data.length) };
  for (const layer of layers) {
    between();
    if (layer.kind === "heed") heed(result, layer.prompt, before);
    else if (isPlaced(layer)) place(result, layer, before);
    else editWhole(result, layer, before);
  }
  for (const [at, label] of before.pinned) {
    mask.data[at] = before.labels.indexOf(label);
    result.byHand[at] = 0;
  }
  return result;
}

function place(result: Retouched, edit: PlacedEdit, before: Unretouched): void {
  const { mask, byHand } = result;
  const index = before.labels.indexOf(labelOf(edit));
  if (edit.kind === "brush" && edit.hardness < 1) {
    paintSoftly(result, edit, before);
    return;
  }
  const print = footprint(edit, mask);
  if (edit.kind === "polygons") clear(result, index);
  if (print === undefined) return;
  const only = onlyIndex(edit, before.labels);
  for (let row = 0; row < print.height; row++) {
    const start: number = (print.top + row) * mask.width + print.left;
    for (let column = 0; column < print.width; column++) {
      if (print.data[row * print.width + column] === 0) continue;
      const at = start + column;
      if (only !== undefined && mask.data[at] !== only && mask.data[at] !== index) continue;
      mask.data[at] = index;
      byHand[at] = 1;
    }
  }
}

function clear({ mask: { data }, byHand }: Retouched, index: number): void {
  for (let at = data.indexOf(index); at !== -1; at = data.indexOf(index, at + 1)) {
    data[at] = 0;
    byHand[at] = 1;
  }
}

function onlyIndex(edit: PlacedEdit, labels: readonly Label[]): number | undefined {
  const only = "only" in edit ? edit.only : undefined;
  return only === undefined ? undefined : labels.indexOf(only);
}

/** Mix the label into the probabilities as far as the brush is strong: p ← w [label] + (1 − w) p; the largest holds. */
function paintSoftly(
  { mask, byHand }: Retouched,
  edit: Extract<HandEdit, { kind: "brush" }>,
  { labels, rows }: Unretouched,
): void {
  const index = labels.indexOf(edit.stroke.says);
  const only = onlyIndex(edit, labels);
  const { left, top, width, height, data } = strengths(edit.stroke, edit.hardness, mask);
  for (let row = 0; row < height; row++) {
    const y = top + row;
    let probabilities: Float32Array | undefined;
    for (let column = 0; column < width; column++) {
      const strength = data[row * width + column];
      const at = y * mask.width + left + column;
      const now = mask.data[at];
      if (strength === 0 || (only !== undefined && now !== only && now !== index)) continue;
      let lead = now === index ? -1 : 1;
      if (byHand[at] === 0 && strength < 1) {
        probabilities ??= rows(y, y + 1);
        const of = (label: number): number =>
          probabilities?.[label * mask.width + left + column] ?? 0;
        lead = of(now) - of(index);
      }
      if ((1 - strength) * lead >= strength) continue;
      mask.data[at] = index;
      byHand[at] = 1;
    }
  }
}

function editWhole(
  { mask, byHand }: Retouched,
  edit: Exclude<HandEdit, PlacedEdit>,
  { labels, pinned }: Unretouched,
): void {
  const pins = function* (): Generator<readonly [number, number]> {
    for (const [at, label] of pinned) yield [at, labels.indexOf(label)];
  };
  const changed = wholeLabelEdited(edit, mask, labels.indexOf(edit.label), pins());
  if (changed === undefined) return;
  const { left, top, width } = changed.part;
  changed.mask.data.forEach((label, i) => {
    const at = (top + Math.floor(i / width)) * mask.width + left + (i % width);
    if (mask.data[at] === label) return;
    mask.data[at] = label;
    byHand[at] = 1;
  });
}

/** Give back to the model what it gives to a prompt's label around the pixels that the prompt fixes. */
function heed({ mask, byHand }: Retouched, prompt: Prompt, before: Unretouched): void {
  const { width, height } = mask;
  const label = before.labels.indexOf(prompt.says);
  const open: number[] = [];
  const take = (at: number): void => {
    if (mask.data[at] === label || before.mask.data[at] !== label) return;
    mask.data[at] = label;
    byHand[at] = 0;
    open.push(at);
  };
  for (const at of pixelsOf(prompt, mask)) take(at);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const x = at % width;
    if (x > 0) take(at - 1);
    if (x + 1 < width) take(at + 1);
    if (at >= width) take(at - width);
    if (at + width < width * height) take(at + width);
  }
}
