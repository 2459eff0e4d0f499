/**
 * What a person changes in a mask by hand, after the model or without it. An edit is kept as what
 * was done and not as the pixels that came of it, so that it can be done again to whatever mask the
 * model answers next, and is small: a brush stroke is its points, "fill holes" is two words.
 */

import type { Label, Prompt, Stroke } from "../../clicks/prompts.ts";
import type { Outline } from "../../image/outlines.ts";
import type { PixelSet } from "../../image/pixelSet.ts";

/**
 * Paint with a brush; painting the background is erasing. Full strength reaches to `hardness` of the
 * radius and fades to nothing at the radius: in between, the label takes those pixels
 * that the model nearly gave to it, so that the brush follows the edges of the image.
 */
interface Brush {
  readonly kind: "brush";
  readonly stroke: Stroke;
  /** In [0, 1]; 1 paints exactly what is under the brush. */
  readonly hardness: number;
  /** Paint over pixels of this label only. */
  readonly only?: Label;
}

/** Give any set of pixels a label. */
interface Fill {
  readonly kind: "fill";
  readonly pixels: PixelSet;
  readonly says: Label;
  /** Of these, only those that have this label. */
  readonly only?: Label;
}

/** A label is what its polygons enclose, and nothing else. */
interface Polygons {
  readonly kind: "polygons";
  readonly outlines: readonly Outline[];
  readonly says: Label;
}

/** Give a label the background it encloses; holes that were clicked on stay open. */
interface FillHoles {
  readonly kind: "fill holes";
  readonly label: Label;
}

/** Leave a label its largest part and those that were clicked on. */
interface DropIslands {
  readonly kind: "drop islands";
  readonly label: Label;
}

/** Smooth a label's outline. */
interface Smooth {
  readonly kind: "smooth";
  readonly label: Label;
  /** Standard deviation of the Gaussian, in pixels, > 0. */
  readonly sigma: number;
}

/** Grow a label into the background, or shrink it. */
interface Grow {
  readonly kind: "grow";
  readonly label: Label;
  /** In pixels; below 0 it shrinks. */
  readonly by: number;
}

export type HandEdit = Brush | Fill | Polygons | FillHoles | DropIslands | Smooth | Grow;

/** A click or stroke that was said after edits, and so holds against them where they differ. */
interface Heed {
  readonly kind: "heed";
  readonly id: string;
  readonly prompt: Prompt;
}

/** What is laid over the model's mask, in order: of two at a pixel, the later one holds. */
export type Layer = HandEdit | Heed;

/** The label that an edit is about. */
export function labelOf(edit: HandEdit): Label {
  switch (edit.kind) {
    case "brush":
      return edit.stroke.says;
    case "fill":
    case "polygons":
      return edit.says;
    default:
      return edit.label;
  }
}

/** The same layer about other labels. */
export function relabelled(layer: Layer, to: (label: Label) => Label): Layer {
  switch (layer.kind) {
    case "heed":
      return { ...layer, prompt: { ...layer.prompt, says: to(layer.prompt.says) } };
    case "brush": {
      const { stroke, ...others } = layer;
      return { ...onlyTo(others, to), stroke: { ...stroke, says: to(stroke.says) } };
    }
    case "fill":
      return { ...onlyTo(layer, to), says: to(layer.says) };
    case "polygons":
      return { ...layer, says: to(layer.says) };
    default:
      return { ...layer, label: to(layer.label) };
  }
}

function onlyTo<Edit extends { readonly only?: Label }>(
  edit: Edit,
  to: (label: Label) => Label,
): Edit {
  return edit.only === undefined ? edit : { ...edit, only: to(edit.only) };
}

/** Whether a layer has to do with a label. */
export function mentions(layer: Layer, label: Label): boolean {
  if (layer.kind === "heed") return layer.prompt.says === label;
  return labelOf(layer) === label || ("only" in layer && layer.only === label);
}
