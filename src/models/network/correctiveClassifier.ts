/**
 * The corrective self-attention classifier: a pixel's value is what the pixels like it say, and what
 * was clicked is a value that is known.
 *
 *     μ⁰[j] = tanh(z[j] / 2)                     what a convolution of one pixel says, in [−1, 1]
 *     μ     ← value propagation: μ⁰ takes up the clicks, ±1, through rows of W at the clicks alone
 *     v[i]  = Σ_j w[i,j] μ[j]                    down every column, then along every row
 *     z'    = z + γ (v − μ⁰)
 *
 * Tokens are their own memory units: keys are queries, and w[i,j] ∝ π[j−i] N(q[i] | q[j], 1/α). Values
 * take up clicks from all of the image at once, in O(clicks · tokens); only their inference, which
 * is all-to-all, goes side by side. θ is the weight of what all units together believed, in clicks,
 * so that it means the same for images of all sizes.
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, sections 3.2 and 5 (corrective
 *   self-attention), equation 23.
 */

import { expectedValue } from "../../attention/expectedValue.ts";
import type { Labels } from "../../attention/labels.ts";
import type { Mixture } from "../../attention/mixture.ts";
import { linePositions } from "../../attention/positions.ts";
import { propagateValues } from "../../attention/propagateValues.ts";
import type { Node } from "../../graph/node.ts";
import { add } from "../../graph/operations/add.ts";
import { averagePool } from "../../graph/operations/averagePool.ts";
import { constant } from "../../graph/operations/constant.ts";
import { contract } from "../../graph/operations/contract.ts";
import { divide } from "../../graph/operations/divide.ts";
import { expand } from "../../graph/operations/expand.ts";
import { mean } from "../../graph/operations/mean.ts";
import { merge } from "../../graph/operations/merge.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { rename } from "../../graph/operations/rename.ts";
import { resize } from "../../graph/operations/resize.ts";
import { split } from "../../graph/operations/split.ts";
import { subtract } from "../../graph/operations/subtract.ts";
import { sum } from "../../graph/operations/sum.ts";
import { tanh } from "../../graph/operations/tanh.ts";
import { constantly, xavier, zeros } from "../../nn/initialisers.ts";
import { learnt, type Parameter } from "../../nn/parameters.ts";
import { learntPrecisions, type Precisions, precisionParameters } from "../../nn/precisions.ts";
import { tensor } from "../../tensor/hostTensor.ts";
import type { ClickInputs } from "./clickInputs.ts";
import { type Grid, readAtClicks } from "./clickMaps.ts";
import type { Classifier } from "./configuration.ts";
import { tableFor } from "./tablesFor.ts";

export type CorrectiveClassifierParameters<Leaf> = {
  /** q, `[heads, parts, channels]`. */
  readonly query: Leaf;
  /** log π by the offset of a unit, `[heads, offsets]`. */
  readonly heightTable: Leaf;
  readonly widthTable: Leaf;
  /** α, β and θ. */
  readonly precisions: Precisions<Leaf>;
  /** γ, one number. */
  readonly gain: Leaf;
};

type Corrective = Extract<Classifier, { readonly kind: "corrective" }>;

/** Where β, θ and γ begin: values differ by at most 2, and a click counts four times all units. */
const BEGINNINGS = { valuePrecision: 0.5, valuePriorPrecision: 0.125, gain: 1 };

/**
 * @param channels Of the features.
 * @param side     The largest height and width, in tokens, that positions are learnt for.
 */
export function correctiveClassifierParameters(
  channels: number,
  { heads, channels: parts }: Corrective,
  side: number,
): CorrectiveClassifierParameters<Parameter> {
  const { gain, ...precisions } = BEGINNINGS;
  const table = learnt({ heads, offsets: 2 * side - 1 }, zeros);
  return {
    query: learnt({ heads, parts, channels }, xavier("channels")),
    heightTable: table,
    widthTable: table,
    precisions: precisionParameters("correctiveClassifier", heads, {
      keyPrecision: 1 / Math.sqrt(parts),
      ...precisions,
    }),
    gain: learnt({}, constantly(gain)),
  };
}

/**
 * @param features `[…, channels, height, width]`, on the fine grid.
 * @param logits   z, `[…, height, width]`.
 * @returns        z', the same axes.
 */
export function correctiveClassifier(
  features: Node,
  logits: Node,
  clicks: ClickInputs,
  fine: Grid,
  { stride, valueSteps }: Corrective,
  parameters: CorrectiveClassifierParameters<Node>,
): Node {
  const tokens = tokensOf(features, logits, fine, stride, parameters);
  const taken = takeUp(tokens, clicks, valueSteps, parameters);
  const value = expand(taken, { valueChannels: 1 });
  const inferred = sum(inferValues(tokens.query, value, parameters), "valueChannels");
  const change = multiply(parameters.gain, subtract(mean(inferred, "heads"), tokens.before));
  return add(logits, stride === 1 ? change : resize(change, fine));
}

/** Fine pixels, `stride` by `stride` together, as tokens that are their own units. */
export interface Tokens {
  readonly grid: Grid;
  /** q, `[…, heads, channels, height, width]`. */
  readonly query: Node;
  /** μ⁰, `[…, height, width]`. */
  readonly before: Node;
}

export function tokensOf(
  features: Node,
  logits: Node,
  fine: Grid,
  stride: number,
  parameters: CorrectiveClassifierParameters<Node>,
): Tokens {
  const pooled = (x: Node): Node => (stride === 1 ? x : averagePool(x, { kernel: stride }));
  return {
    grid: {
      height: fine.height / stride,
      width: fine.width / stride,
      stride: fine.stride * stride,
    },
    before: sum(pooled(expand(tanh(multiply(logits, 0.5)), { channels: 1 })), "channels"),
    query: rename(contract(parameters.query, pooled(features), "channels"), {
      parts: "channels",
    }),
  };
}

/** The units as a mixture, and θ for each of them. */
export function unitsOf(
  { query, before, grid }: Tokens,
  { strength }: ClickInputs,
  { precisions }: CorrectiveClassifierParameters<Node>,
): { readonly mixture: Mixture; readonly priorPrecision: Node } {
  const {
    keyPrecision = 1,
    valuePrecision = 0,
    valuePriorPrecision = 1,
  } = learntPrecisions(precisions);
  const units = (x: Node): Node => merge(x, ["height", "width"], "keys");
  const mixture = {
    key: units(query),
    keyPrecision,
    value: expand(units(before), { valueChannels: 1 }),
    valuePrecision,
  };
  const priorPrecision = divide(valuePriorPrecision, grid.height * grid.width);
  return {
    mixture,
    priorPrecision: strength === undefined ? priorPrecision : divide(priorPrecision, strength),
  };
}

/** The values that units have once they know of the clicks, `[…, heads, height, width]`. */
function takeUp(
  tokens: Tokens,
  clicks: ClickInputs,
  steps: number,
  parameters: CorrectiveClassifierParameters<Node>,
): Node {
  const { mixture, priorPrecision } = unitsOf(tokens, clicks, parameters);
  const { asking, labels } = saidAt(tokens, clicks);
  const { mixture: informed } = propagateValues(mixture, asking, labels, {
    steps,
    priorPrecision,
  });
  const { height, width } = tokens.grid;
  return split(sum(informed.value, "valueChannels"), "keys", { height, width });
}

/** The tokens at the clicks, and what the clicks say of them. */
export function saidAt(
  { query, grid }: Tokens,
  clicks: ClickInputs,
): { readonly asking: Node; readonly labels: Labels & { readonly weight: Node } } {
  const said = (x: Node): Node => rename(x, { clicks: "labels" });
  const count = clicks.says.axes.find(({ name }) => name === "clicks")?.size ?? 0;
  const labels = {
    // The queries are those of the clicks: all of them are labelled.
    token: constant(
      tensor(
        { labels: count },
        Int32Array.from({ length: count }, (_, i) => i),
      ),
    ),
    value: expand(said(subtract(multiply(clicks.says, 2), 1)), { valueChannels: 1 }),
    weight: said(clicks.weight),
  };
  return { asking: rename(readAtClicks(query, clicks, grid), { clicks: "queries" }), labels };
}

/**
 * What tokens are expected to hold, down every column, then along every row.
 *
 * @param value `[…, heads, valueChannels, height, width]`, of the units.
 * @returns     The same axes.
 */
export function inferValues(
  query: Node,
  value: Node,
  { precisions, heightTable, widthTable }: CorrectiveClassifierParameters<Node>,
): Node {
  const { keyPrecision = 1 } = learntPrecisions(precisions);
  const down = inferAlong("height", query, value, heightTable, keyPrecision);
  return inferAlong("width", query, down, widthTable, keyPrecision);
}

/** Values inferred within every line of a side. */
function inferAlong(
  side: "height" | "width",
  query: Node,
  value: Node,
  table: Node,
  keyPrecision: Node | number,
): Node {
  const length = query.axes.find(({ name }) => name === side)?.size ?? 1;
  const units = (x: Node): Node => rename(x, { [side]: "keys" });
  const mixture = {
    key: units(query),
    keyPrecision,
    value: units(value),
    valuePrecision: 0,
    logPrior: linePositions(tableFor(table, length), { queries: length, keys: length }),
  };
  const inferred = expectedValue(mixture, rename(query, { [side]: "queries" }));
  return rename(inferred, { queries: side });
}
