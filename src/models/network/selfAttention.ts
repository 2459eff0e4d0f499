/**
 * Self-attention inside a block: every pixel attends to every pixel of the image, or of its column and
 * then of its row (axial), head by head.
 *
 *     w[i,j] ∝ π[i,j] N(q[i] | ξ[j], 1/α)        log π[i,j] = α q[i]·r[i,j]  (+ α/2 ‖ξ[j]‖²)
 *     ξ      ← adapted to the image's own queries, so many steps
 *     y[i]   = Σ_j w[i,j] μ[j]
 *
 * With the term in brackets, the magnitude prior, and without adaptation the logits are those of
 * dot-product attention with relative positions, α (q·ξ + q·r). The prior stays where it was while
 * keys adapt.
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, sections 2 and 4.
 */

import { adaptKeys } from "../../attention/adaptKeys.ts";
import { expectedValue } from "../../attention/expectedValue.ts";
import type { Mixture } from "../../attention/mixture.ts";
import { type GridSize, linePositions } from "../../attention/positions.ts";
import type { Node } from "../../graph/node.ts";
import { add } from "../../graph/operations/add.ts";
import { contract } from "../../graph/operations/contract.ts";
import { merge } from "../../graph/operations/merge.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { rename } from "../../graph/operations/rename.ts";
import { reorder } from "../../graph/operations/reorder.ts";
import { split } from "../../graph/operations/split.ts";
import { square } from "../../graph/operations/square.ts";
import { sum } from "../../graph/operations/sum.ts";
import { gridPositionLogits } from "../../nn/gridPositionLogits.ts";
import { normal, xavier } from "../../nn/initialisers.ts";
import { learnt, type Parameter } from "../../nn/parameters.ts";
import { type PositionTables, positionsOf, positionTables } from "../../nn/positionTables.ts";
import { learntPrecisions, type Precisions, precisionParameters } from "../../nn/precisions.ts";
import type { AttentionStage } from "./configuration.ts";
import { tableFor, tablesFor } from "./tablesFor.ts";

type SelfAttentionParameters<Leaf> = {
  /** From channels to each head's query, key and value, `[heads, headChannels, channels]`. */
  readonly query: Leaf;
  readonly key: Leaf;
  readonly value: Leaf;
  /** r, shared by the heads: of the image, or one table for a line. */
  readonly positions?: PositionTables<Leaf> | { readonly line: Leaf } | undefined;
  /** α, and θ where keys adapt. */
  readonly precisions: Precisions<Leaf>;
};

/** By span: `image`, or `columns` and `rows`. */
export type SpansParameters<Leaf> = Readonly<Record<string, SelfAttentionParameters<Leaf>>>;

type Side = "height" | "width";

/** Which sides tokens are numbered along, in the order in which spans are attended to. */
const SPANS: Readonly<Record<AttentionStage["span"], Readonly<Record<string, readonly Side[]>>>> = {
  full: { image: ["height", "width"] },
  axial: { columns: ["height"], rows: ["width"] },
};

/** Where θ begins: as firm as the keys' own place is known from one query or so. */
const KEY_PRIOR = 1;

/** @param side The largest height and width, in pixels, that positions are learnt for. */
export function spansParameters(
  { span, inner, heads, positions, keySteps }: AttentionStage,
  side: number,
): SpansParameters<Parameter> {
  const headChannels = inner / heads;
  const projection = learnt({ heads, headChannels, channels: inner }, xavier("channels"));
  const tables = (sides: readonly Side[]) =>
    sides.length === 1
      ? {
          line: learnt(
            { offsets: 2 * side - 1, channels: headChannels },
            normal(1 / Math.sqrt(headChannels)),
          ),
        }
      : positions === "none"
        ? undefined
        : positionTables(positions, { height: side, width: side }, { channels: headChannels });
  const own = Object.entries(SPANS[span]).map(([name, sides]) => [
    name,
    {
      query: projection,
      key: projection,
      value: projection,
      ...(positions !== "none" && { positions: tables(sides) }),
      precisions: precisionParameters("attentionBlock", heads, {
        keyPrecision: 1 / Math.sqrt(headChannels),
        ...(keySteps > 0 && { keyPriorPrecision: KEY_PRIOR }),
      }),
    },
  ]);
  return Object.fromEntries(own);
}

/**
 * @param x `[…, channels, height, width]`.
 * @returns The same axes.
 */
export function selfAttention(
  x: Node,
  parameters: SpansParameters<Node>,
  stage: AttentionStage,
): Node {
  return Object.entries(SPANS[stage.span]).reduce(
    (y, [name, sides]) => attendAlong(y, sides, parameters[name], stage),
    x,
  );
}

function attendAlong(
  x: Node,
  sides: readonly Side[],
  {
    query: ofQuery,
    key: ofKey,
    value: ofValue,
    positions,
    precisions,
  }: SelfAttentionParameters<Node>,
  { prior, keySteps }: AttentionStage,
): Node {
  const sizes = { height: sideOf(x, "height"), width: sideOf(x, "width") };
  const tokens = merge(x, sides, "tokens");
  const project = (weight: Node, channels: string, role: string): Node =>
    rename(contract(weight, tokens, "channels"), { headChannels: channels, tokens: role });
  const query = project(ofQuery, "channels", "queries");
  const key = project(ofKey, "channels", "keys");
  const { keyPrecision = 1, keyPriorPrecision } = learntPrecisions(precisions);
  const weighed: Node[] = [];
  if (positions !== undefined) {
    weighed.push(positionLogits(multiply(query, keyPrecision), positions, sizes, sides));
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
  const along = Object.fromEntries(sides.map((side) => [side, sizes[side]]));
  const placed = split(value, "queries", along);
  const inOrder = reorder(placed, [
    ...placed.axes.map(({ name }) => name).filter((name) => !OWN.includes(name)),
    ...OWN,
  ]);
  return merge(inOrder, ["heads", "valueChannels"], "channels");
}

const OWN: readonly string[] = ["heads", "valueChannels", "height", "width"];

function positionLogits(
  query: Node,
  tables: NonNullable<SelfAttentionParameters<Node>["positions"]>,
  sizes: GridSize,
  [side]: readonly Side[],
): Node {
  if ("line" in tables) {
    const length = sizes[side];
    const table = tableFor(tables.line, length);
    return contract(query, linePositions(table, { queries: length, keys: length }), "channels");
  }
  const own = tablesFor(tables, sizes);
  return "table" in own
    ? contract(query, positionsOf(own, sizes), "channels")
    : gridPositionLogits(query, own.heightTable, own.widthTable, sizes);
}

function sideOf({ axes }: Node, name: Side): number {
  return axes.find((axis) => axis.name === name)?.size ?? 1;
}
