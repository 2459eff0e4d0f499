import type { Node } from "../../graph/node.ts";
import type { ClickInputs } from "../../models/network/clickInputs.ts";
import type { Features } from "../../models/network/network.ts";
import type { Mode } from "../../nn/mode.ts";
import type { Parameter, Tree } from "../../nn/parameters.ts";

/** What training asks of a network; every `Network` is one. */
export interface Trainable {
  readonly name: string;
  readonly parameters: Tree<Parameter>;
  /** Image pixels from one logit to the next, along each side. */
  readonly stride: number;
  /** @param weights Nodes for `parameters`. */
  encode(weights: Tree<Node>, image: Node, mode: Mode): Features;
  /** Logits of the object, `[batch, height, width]`. */
  answer(weights: Tree<Node>, features: Features, clicks: ClickInputs, mode: Mode): Node;
}
