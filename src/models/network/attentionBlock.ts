/**
 * The bottleneck of a BoTNet with probabilistic attention in its middle: narrow, let every pixel
 * attend to every pixel, widen, and add what came in.
 *
 *     w[i,j] ∝ π[i,j] N(q[i] | ξ[j], 1/α)        log π[i,j] = α q[i]·r[i,j]  (+ α/2 ‖ξ[j]‖²)
 *     ξ      ← adapted to the image's own queries, so many steps
 *     y      = x + widen(Σ_j w[i,j] μ[j])
 *
 * With the term in brackets, the magnitude prior, and without adaptation the logits are those of
 * dot-product attention with relative positions, α (q·ξ + q·r). The prior stays where it was while
 * keys adapt.
 *
 * Unlike a BoTNet's the block ends without a relu, since a MobileNet's features have a sign; and it
 * begins as what came in.
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, sections 2 and 5; Srinivas et al. 2021,
 *   arXiv:2101.11605 (BoTNet).
 */

import { adaptKeys } from "../../attention/adaptKeys.ts";
import { expectedValue } from "../../attention/expectedValue.ts";
import type { Mixture } from "../../attention/mixture.ts";
import type { Node } from "../../graph/node.ts";
import { add } from "../../graph/operations/add.ts";
import { contract } from "../../graph/operations/contract.ts";
import { merge } from "../../graph/operations/merge.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { relu } from "../../graph/operations/relu.ts";
import { rename } from "../../graph/operations/rename.ts";
import { reorder } from "../../graph/operations/reorder.ts";
import { split } from "../../graph/operations/split.ts";
import { square } from "../../graph/operations/square.ts";
import { sum } from "../../graph/operations/sum.ts";
import {
  type BatchNormParameters,
  batchNorm,
  batchNormParameters,
  type NormedConvolutionParameters,
  normedConvolution,
  normedConvolutionParameters,
} from "../../nn/batchNorm.ts";
import { gridPositionLogits } from "../../nn/gridPositionLogits.ts";
import { xavier, zeros } from "../../nn/initialisers.ts";
import type { Mode } from "../../nn/mode.ts";
import { learnt, type Parameter } from "../../nn/parameters.ts";
import { type PositionTables, positionsOf, positionTables } from "../../nn/positionTables.ts";
import { learntPrecisions, type Precisions, precisionParameters } from "../../nn/precisions.ts";
import type { AttentionStage } from "./configuration.ts";
import { tablesFor } from "./tablesFor.ts";

export type AttentionBlockParameters<Leaf> = {
  readonly reduce: NormedConvolutionParameters<Leaf>;
  /** From channels to each head's query, key and value, `[heads, headChannels, channels]`. */
  readonly query: Leaf;
  readonly key: Leaf;
  readonly value: Leaf;
  /** r, shared by the heads. */
  readonly positions?: PositionTables<Leaf> | undefined;
  /** α, and θ where keys adapt. */
  readonly precisions: Precisions<Leaf>;
  readonly norm: BatchNormParameters<Leaf>;
  readonly widen: NormedConvolutionParameters<Leaf>;
  readonly shortcut?: NormedConvolutionParameters<Leaf> | undefined;
};

/** Where θ begins: as firm as the keys' own place is known from one query or so. */
const KEY_PRIOR = 1;

/**
 * @param channels Those that come in.
 * @param side     The largest height and width, in pixels, that positions are learnt for.
 */
export function attentionBlockParameters(
  channels: number,
  { filters, inner, heads, positions, keySteps }: AttentionStage,
  side: number,
): AttentionBlockParameters<Parameter> {
  const headChannels = inner / heads;
  const projection = learnt({ heads, headChannels, channels: inner }, xavier("channels"));
  const widen = normedConvolutionParameters({ channels: inner, filters, kernel: 1 });
  const grid = { height: side, width: side };
  return {
    reduce: normedConvolutionParameters({ channels, filters: inner, kernel: 1 }),
    query: projection,
    key: projection,
    value: projection,
    ...(positions !== "none" && {
      positions: positionTables(positions, grid, { channels: headChannels }),
    }),
    precisions: precisionParameters("attentionBlock", heads, {
      keyPrecision: 1 / Math.sqrt(headChannels),
      ...(keySteps > 0 && { keyPriorPrecision: KEY_PRIOR }),
    }),
    norm: batchNormParameters(inner),
    // What is added begins at 0.
    widen: {
      ...widen,
      norm: { ...batchNormParameters(filters), weight: learnt({ channels: filters }, zeros) },
    },
    ...(channels !== filters && {
      shortcut: normedConvolutionParameters({ channels, filters, kernel: 1 }),
    }),
  };
}

/**
 * @param x `[…, channels, height, width]`.
 * @returns `[…, channels, height, width]`, of the same height and width.
 */
export function attentionBlock(
  x: Node,
  parameters: AttentionBlockParameters<Node>,
  stage: AttentionStage,
  mode: Mode,
): Node {
  const { reduce, norm, widen, shortcut } = parameters;
  const narrow = relu(normedConvolution(x, reduce, {}, mode));
  const attended = relu(batchNorm(attendToAll(narrow, parameters, stage), norm, mode));
  const wide = normedConvolution(attended, widen, {}, mode);
  return add(shortcut === undefined ? x : normedConvolution(x, shortcut, {}, mode), wide);
}

function attendToAll(
  x: Node,
  {
    query: ofQuery,
    key: ofKey,
    value: ofValue,
    positions,
    precisions,
  }: AttentionBlockParameters<Node>,
  { prior, keySteps }: AttentionStage,
): Node {
  const grid = { height: sideOf(x, "height"), width: sideOf(x, "width") };
  const tokens = merge(x, ["height", "width"], "tokens");
  const project = (weight: Node, channels: string, role: string): Node =>
    rename(contract(weight, tokens, "channels"), { headChannels: channels, tokens: role });
  const query = project(ofQuery, "channels", "queries");
  const key = project(ofKey, "channels", "keys");
  const { keyPrecision = 1, keyPriorPrecision } = learntPrecisions(precisions);
  const weighed: Node[] = [];
  if (positions !== undefined) {
    weighed.push(positionLogits(multiply(query, keyPrecision), tablesFor(positions, grid), grid));
  }
  if (prior === "magnitude") {
    weighed.push(multiply(sum(square(key), "channels"), multiply(keyPrecision, 0.5)));
  }
  const mixture: Mixture = {
    key,
    keyPrecision,
    value: project(ofValue, "valueChannels", "keys"),
    valuePrecision: 0,
    logPrior: weighed.length === 0 ? undefined : weighed.reduce((all, term) => add(all, term)),
  };
  const adapted =
    keySteps === 0
      ? mixture
      : adaptKeys(mixture, query, { steps: keySteps, priorPrecision: keyPriorPrecision }).mixture;
  const value = expectedValue(adapted, query);
  const headByHead = reorder(value, [
    ...value.axes.map(({ name }) => name).filter((name) => !OWN.includes(name)),
    ...OWN,
  ]);
  return split(merge(headByHead, ["heads", "valueChannels"], "channels"), "queries", grid);
}

const OWN: readonly string[] = ["heads", "valueChannels", "queries"];

function positionLogits(
  query: Node,
  tables: PositionTables<Node>,
  grid: { readonly height: number; readonly width: number },
): Node {
  return "table" in tables
    ? contract(query, positionsOf(tables, grid), "channels")
    : gridPositionLogits(query, tables.heightTable, tables.widthTable, grid);
}

function sideOf({ axes }: Node, name: string): number {
  return axes.find((axis) => axis.name === name)?.size ?? 1;
}
