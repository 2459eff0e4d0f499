/**
 * Probabilistic attention as a layer on images: heads whose queries, keys and values are projections
 * of the pixels' features, whose precisions may be learnt, and whose keys and values may adapt.
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338.
 */

import { type AttentionOptions, attend } from "../attention/attend.ts";
import type { Labels } from "../attention/labels.ts";
import type { GridSize } from "../attention/positions.ts";
import type { Node, Value } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { contract } from "../graph/operations/contract.ts";
import { merge } from "../graph/operations/merge.ts";
import { rename } from "../graph/operations/rename.ts";
import { reorder } from "../graph/operations/reorder.ts";
import { split } from "../graph/operations/split.ts";
import { bindAxes } from "../tensor/bindAxes.ts";
import { xavier } from "./initialisers.ts";
import { learnt, type Parameter } from "./parameters.ts";
import { type PositionTables, positionsOf, positionTables } from "./positionTables.ts";
import { learntPrecisions, type Precisions, precisionParameters } from "./precisions.ts";

export type ProbabilisticAttentionParameters<Leaf> = {
  /** `[heads, channels, features]` */
  readonly query: Leaf;
  readonly key: Leaf;
  /** `[heads, valueChannels, features]` */
  readonly value: Leaf;
  /** From the heads' values back to features, `[outputs, heads, valueChannels]`. */
  readonly out: Leaf;
  /** α, β and θ of keys and values, those that are learnt: raw, `[heads]`. */
  readonly precisions: Precisions<Leaf>;
  /** r, r' and s, those that there are, shared by the heads. */
  readonly positions: {
    readonly query?: PositionTables<Leaf>;
    readonly key?: PositionTables<Leaf>;
    readonly value?: PositionTables<Leaf>;
  };
};

export interface ProbabilisticAttentionSize extends GridSize {
  /** Features that come in, and go out. */
  readonly features: number;
  readonly heads: number;
  /** Channels of each head's queries and keys. */
  readonly channels: number;
  /** Channels of each head's values. @default as many as of keys */
  readonly valueChannels?: number;
  /** @default "none" */
  readonly positions?: "none" | "full" | "factored";
  /** Which precisions and priors are learnt, and where each begins (above 0). @default none */
  readonly learnt?: Precisions<number>;
}

/** What the layer needs, for images of this height and width. */
export function probabilisticAttentionParameters({
  features,
  heads,
  channels,
  valueChannels = channels,
  positions = "none",
  learnt: beginnings = {},
  ...grid
}: ProbabilisticAttentionSize): ProbabilisticAttentionParameters<Parameter> {
  const projection = learnt({ heads, channels, features }, xavier("features"));
  return {
    query: projection,
    key: projection,
    value: learnt({ heads, valueChannels, features }, xavier("features")),
    out: learnt({ outputs: features, heads, valueChannels }, xavier("heads", "valueChannels")),
    precisions: precisionParameters("probabilisticAttention", heads, beginnings),
    positions:
      positions === "none"
        ? {}
        : {
            query: positionTables(positions, grid, { channels }),
            key: positionTables(positions, grid, { channels }),
            value: positionTables(positions, grid, { valueChannels }),
          },
  };
}

/** Everything of `attend` but what the layer has learnt; that wins where both are there. */
export interface ProbabilisticAttentionOptions extends AttentionOptions {
  /** α, in 1/feature². @default 1/√channels */
  readonly keyPrecision?: Value;
  /** β, in 1/value². @default 0, the limit in which values are averaged */
  readonly valuePrecision?: Value;
  /** What is known of some pixels' values, numbered row by row. */
  readonly labels?: Labels | undefined;
}

/**
 * @param x `[…, features, height, width]`.
 * @returns The same axes.
 * @throws {ShapeError} When the parameters are for other images.
 */
export function probabilisticAttention(
  x: Node,
  parameters: ProbabilisticAttentionParameters<Node>,
  options: ProbabilisticAttentionOptions = {},
): Node {
  const { query, key, value, out } = parameters;
  const { height, width, channels } = bindAxes(
    "probabilisticAttention",
    { x, query, key, value, out },
    {
      x: ["features", "height", "width"],
      query: ["heads", "channels", "features"],
      key: ["heads", "channels", "features"],
      value: ["heads", "valueChannels", "features"],
      out: ["outputs", "heads", "valueChannels"],
    },
  );
  const { labels, keyPrecision, valuePrecision = 0, ...rest } = options;
  const { keyPriorPrecision, valuePriorPrecision, ...own } = rest;
  const learntOnes = learntPrecisions(parameters.precisions);
  const { positions } = parameters;
  const placed = (tables: PositionTables<Node> | undefined): Node | undefined =>
    tables === undefined ? undefined : positionsOf(tables, { height, width });
  const tokens = merge(x, ["height", "width"], "tokens");
  const project = (weight: Node, role: string): Node =>
    rename(contract(weight, tokens, "features"), { tokens: role });
  const { value: attended, position } = attend(
    {
      query: project(query, "queries"),
      key: project(key, "keys"),
      value: project(value, "keys"),
      keyPrecision: learntOnes.keyPrecision ?? keyPrecision ?? 1 / Math.sqrt(channels),
      valuePrecision: learntOnes.valuePrecision ?? valuePrecision,
      queryPosition: placed(positions.query),
      keyPosition: placed(positions.key),
      valuePosition: placed(positions.value),
      labels,
    },
    {
      ...own,
      keyPriorPrecision: learntOnes.keyPriorPrecision ?? keyPriorPrecision,
      valuePriorPrecision: learntOnes.valuePriorPrecision ?? valuePriorPrecision,
    },
  );
  const both = position === undefined ? attended : add(attended, position);
  const mixed = rename(contract(out, both, "heads", "valueChannels"), { outputs: "features" });
  return split(reorder(mixed, ["features", "queries"]), "queries", { height, width });
}
