import type { Node, Value } from "../../graph/node.ts";

/** When and how fast a parameter moves. */
export interface Pace {
  /** η ≥ 0, in units of the parameter per unit of the update. */
  readonly learningRate: Value;
  /** t, how many updates there have been with this one: 1 at the first. */
  readonly step: Value;
}

/** A parameter after an update, and what the optimiser remembers of it. */
export interface Updated {
  readonly parameter: Node;
  readonly state: Readonly<Record<string, Node>>;
}

/** A rule by which one parameter follows its gradient. It holds nothing itself: state is a value. */
export interface Optimiser {
  /** What has to be remembered between updates, by name: tensors like the parameter, at first 0. */
  readonly remembers: readonly string[];
  /**
   * One update, entry by entry.
   *
   * @param gradient With the axes of the parameter.
   * @param state    What `remembers` lists.
   */
  update(
    parameter: Node,
    gradient: Node,
    state: Readonly<Record<string, Node>>,
    pace: Pace,
  ): Updated;
}
