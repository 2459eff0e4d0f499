import type { Node } from "../../graph/node.ts";

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
  /**
   * How far clicks reach, a number > 0: θ of value propagation is divided by it. For networks whose
   * classifier propagates values. @default 1
   */
  readonly strength?: Node | undefined;
}
