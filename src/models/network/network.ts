/**
 * A network that segments by clicks, as two functions that build graphs: what it sees in an image,
 * once, and what it answers to a set of clicks.
 */

import type { Node } from "../../graph/node.ts";
import type { Mode } from "../../nn/mode.ts";
import type { Parameter, Tree } from "../../nn/parameters.ts";

/**
 * What a network is told about the object. Clicks are a list of fixed length, in any order, padded
 * with weight 0. Positions are pixels of the image that was encoded, counted from its upper left
 * corner: the centre of pixel (x, y) is column x + 0.5, row y + 0.5.
 */
export interface ClickInputs {
  /** `[batch, clicks]` each. */
  readonly row: Node;
  readonly column: Node;
  /** 1 for object, 0 for background. */
  readonly says: Node;
  /** 1 for a click, 0 for padding. */
  readonly weight: Node;
  /**
   * A mask to start from, `[batch, height, width]` at the size of the answer: 1 object, −1 background,
   * 0 unknown, between them less sure. For networks whose configuration takes one. @default unknown
   */
  readonly start?: Node | undefined;
}

/** What a network keeps of an image, by name; none of it depends on clicks. */
export type Features = Readonly<Record<string, Node>>;

export interface Network {
  /** Of its configuration. */
  readonly name: string;
  /** What it has learnt; `initialise` makes numbers to begin with. */
  readonly parameters: Tree<Parameter>;
  /** Image pixels from one logit to the next, along each side. */
  readonly stride: number;
  /** What height and width of images are multiples of. */
  readonly multiple: number;
  /**
   * @param weights Nodes for `parameters`, as `parameterNodes` makes them.
   * @param image   `[batch, channels, height, width]`, three channels, red, green and blue in 0 … 1.
   * @throws {ShapeError} When sides are not multiples of `multiple`.
   */
  encode(weights: Tree<Node>, image: Node, mode: Mode): Features;
  /**
   * Logits of the object, `[batch, height, width]`, sides of the image over `stride`. A function of
   * the set of clicks: their order and their padding do not matter.
   */
  answer(weights: Tree<Node>, features: Features, clicks: ClickInputs, mode: Mode): Node;
}
