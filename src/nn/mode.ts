import type { Node } from "../graph/node.ts";

/**
 * What a network is run for. In training, batch norms use the mean and variance of the batch, and
 * say what the running ones should become; in inference they use the running ones.
 */
export type Mode = "inference" | Training;

export interface Training {
  /** Told by every batch norm what its running statistic should be after this step. */
  readonly update: (running: Node, next: Node) => void;
}

/**
 * A mode for one graph of a training step.
 *
 * @returns `updates`: for every running statistic its next value, once the network is built; make
 *   them outputs of the graph.
 */
export function training(): Training & { readonly updates: ReadonlyMap<Node, Node> } {
  const updates = new Map<Node, Node>();
  return { updates, update: (running, next) => void updates.set(running, next) };
}
