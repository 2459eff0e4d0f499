/**
 * The whole layer: tokens ask, memory units answer.
 *
 *     keys adapt to the queries  →  values take up the labels  →  each token infers its value
 *
 * By default it is the printed model throughout. What the layer released beside the paper does
 * differently is chosen by name, all of it at once with `RELEASED_LAYER`, so that its weights and
 * published settings carry over:
 *
 *     attend(inputs, { ...RELEASED_LAYER, prior: "magnitude", keySteps: 3, keyPriorPrecision: 10 })
 *
 * Where the released layer is undefined or loses numbers (masks that lead, empty rows, units that
 * nobody reaches, values without a label, samples without labels) the same sensible thing is done
 * either way.
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338;
 *   github.com/apple/ml-probabilistic-attention, commit 2945e06.
 */

import type { Node, Value } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { contract } from "../graph/operations/contract.ts";
import { type AdaptKeysOptions, adaptKeys } from "./adaptKeys.ts";
import { expectedValue } from "./expectedValue.ts";
import { inferValues } from "./inferValues.ts";
import type { Labels } from "./labels.ts";
import { withMixingWeights } from "./logPrior.ts";
import { bindMixture, type Mixture } from "./mixture.ts";
import { type PropagateValuesOptions, propagateValues } from "./propagateValues.ts";
import { responsibilities } from "./responsibilities.ts";

/** The tensors of one layer. Axes besides those named are batch axes and pass through. */
export interface AttentionInputs {
  /** q, `[…, queries, channels]`. */
  readonly query: Node;
  /** ξ, `[…, keys, channels]`. */
  readonly key: Node;
  /** μ, `[…, keys, valueChannels]`. */
  readonly value: Node;
  /** α, in 1/feature²: a number, `[…, keys]`, or `[…, keys, channels]`. */
  readonly keyPrecision: Value;
  /** β, in 1/value²: a number, `[…, keys]`, or `[…, keys, valueChannels]`; 0 is the limit. */
  readonly valuePrecision: Value;
  /** π ≥ 0, `[…, queries?, keys]`; need not be normalised. Wins over `prior`. */
  readonly mixingWeights?: Node | undefined;
  /** Bool, `[…, queries?, keys?]`: which units a token may attend to. */
  readonly allowed?: Node | undefined;
  /** r, r' and s, `[queries, keys, channels]` (`valueChannels` for s). */
  readonly queryPosition?: Node | undefined;
  readonly keyPosition?: Node | undefined;
  readonly valuePosition?: Node | undefined;
  /** v⁰, `[…, queries, valueChannels]`: a value per token from which inference starts. */
  readonly initialValue?: Node | undefined;
  /** What is known of some tokens' values. */
  readonly labels?: Labels | undefined;
  /** Per unit, `[…, keys, valueChannels]`: what `positionTerm: "accumulated"` adds up. */
  readonly labelledPosition?: Node | undefined;
}

export interface AttentionOptions {
  /** What units weigh before anything is seen, without mixing weights. @default "uniform" */
  readonly prior?: "uniform" | "magnitude";
  /** EM steps of key adaptation. @default 0 */
  readonly keySteps?: number;
  /** θ of the keys; see `adaptKeys`. @default no prior */
  readonly keyPriorPrecision?: Value | undefined;
  /** EM steps of value propagation, where there are labels. @default 1 */
  readonly valueSteps?: number;
  /** θ of the values; see `propagateValues`. @default no prior */
  readonly valuePriorPrecision?: Value | undefined;
  /** EM steps of value inference after its start. @default 5 */
  readonly inferenceSteps?: number;

  // The departures of the released layer, each by its name.

  /** Whether Gaussians carry their normalisers. Released: no. @default true */
  readonly normalisers?: boolean;
  /** How query positions enter; see `QueryMixture`. Released: "product". @default "normal" */
  readonly queryPositionDensity?: "normal" | "product";
  /** Whether the magnitude prior counts ‖μ‖² or ‖μ + s‖². Released: the latter. @default "left out" */
  readonly valuePositionInPrior?: "left out" | "counted";
  /** What priors of key adaptation and value propagation pull to. Released: "moving". @default "anchored" */
  readonly priorMean?: "anchored" | "moving";
  /** What a magnitude prior does meanwhile. Released: "recomputed". @default "frozen" */
  readonly magnitudePrior?: "frozen" | "recomputed";
  /** Whether the key update knows of positions. Released: no. @default "followed" */
  readonly positionsInKeyUpdate?: "followed" | "ignored";
  /**
   * Which values speak in the weights of keys: none, or the initial ones where given (released).
   * @default "none"
   */
  readonly valuesInKeyWeights?: "none" | "initial";
  /**
   * Which values speak in the weights of labelled tokens: those of the labels, or the initial ones
   * where given and else none (released). @default "labels"
   */
  readonly valuesInLabelWeights?: "labels" | "initial";
  /**
   * Where the weight of a label counts; see `propagateValues`. The released layer's "denominator" lets
   * values without a label leak in, so it is not among `RELEASED_LAYER`. @default "both"
   */
  readonly labelWeightIn?: "both" | "denominator";
  /** How a step of inference averages; see `inferValues`. Released: "plain". @default "precision" */
  readonly average?: "precision" | "plain";
  /**
   * How values are inferred: the maximum of p(v | q) by `inferenceSteps` steps, or one average with
   * weights from the query, and from the initial value where given (released). @default "maximum"
   */
  readonly inference?: "maximum" | "one average";
  /**
   * What the position half of the answer is: Σ w s, or besides it, once per step of value
   * propagation, Σ w `labelledPosition` (released). @default "expected"
   */
  readonly positionTerm?: "expected" | "accumulated";
}

/** The settings under which `attend` computes what the layer released beside the paper computes. */
export const RELEASED_LAYER: AttentionOptions = {
  normalisers: false,
  queryPositionDensity: "product",
  valuePositionInPrior: "counted",
  priorMean: "moving",
  magnitudePrior: "recomputed",
  positionsInKeyUpdate: "ignored",
  valuesInKeyWeights: "initial",
  valuesInLabelWeights: "initial",
  average: "plain",
  inference: "one average",
  positionTerm: "accumulated",
};

export interface Attention {
  /** v, `[…, queries, valueChannels]`. */
  readonly value: Node;
  /** Σ_j w s, `[…, queries, valueChannels]`, where there are value positions. */
  readonly position: Node | undefined;
  /** The model after key adaptation and value propagation. */
  readonly mixture: Mixture;
}

/**
 * @throws {ShapeError} When the inputs disagree on an axis.
 * @throws {RangeError} When a number of steps is not whole and at least 0, or a prior precision not > 0.
 */
export function attend(inputs: AttentionInputs, options: AttentionOptions = {}): Attention {
  const { query, valuePosition, initialValue, labels } = inputs;
  const { keySteps = 0, valueSteps = 1, valuesInKeyWeights = "none" } = options;
  const first = mixtureOf(inputs, options);
  bindMixture("attend", first, {
    query: [query, ["queries", "channels"]],
    valuePosition: [valuePosition, ["queries", "keys", "valueChannels"]],
    initialValue: [initialValue, ["queries", "valueChannels"]],
  });
  const withKeys =
    keySteps === 0
      ? first
      : adaptKeys(first, query, {
          ...sharedOptions(options),
          steps: keySteps,
          priorPrecision: options.keyPriorPrecision,
          positions: options.positionsInKeyUpdate ?? "followed",
          initialValue: valuesInKeyWeights === "initial" ? initialValue : undefined,
        }).mixture;
  const propagated =
    labels === undefined || valueSteps === 0
      ? undefined
      : propagateValues(withKeys, query, labels, {
          ...sharedOptions(options),
          steps: valueSteps,
          priorPrecision: options.valuePriorPrecision,
          weightsFrom: weightsFrom(inputs, options),
          labelWeightIn: options.labelWeightIn ?? "both",
        });
  const mixture = propagated?.mixture ?? withKeys;
  return {
    value: infer(mixture, inputs, options),
    position:
      valuePosition === undefined
        ? undefined
        : positionTerm(mixture, inputs, options, propagated?.values ?? []),
    mixture,
  };
}

function mixtureOf(inputs: AttentionInputs, options: AttentionOptions): Mixture {
  const { key, value, keyPrecision, valuePrecision, allowed, mixingWeights } = inputs;
  const mixture: Mixture = {
    key,
    value,
    keyPrecision,
    valuePrecision,
    logPrior: options.prior === "magnitude" ? "magnitude" : undefined,
    allowed,
    queryPosition: inputs.queryPosition,
    keyPosition: inputs.keyPosition,
    valuePosition: options.valuePositionInPrior === "counted" ? inputs.valuePosition : undefined,
    queryPositionDensity: options.queryPositionDensity,
    normalisers: options.normalisers,
  };
  return mixingWeights === undefined ? mixture : withMixingWeights(mixture, mixingWeights);
}

function sharedOptions({
  priorMean = "anchored",
  magnitudePrior = "frozen",
}: AttentionOptions): Pick<
  AdaptKeysOptions & PropagateValuesOptions,
  "priorMean" | "magnitudePrior"
> {
  return { priorMean, magnitudePrior };
}

function weightsFrom(
  { initialValue }: AttentionInputs,
  { valuesInLabelWeights = "labels" }: AttentionOptions,
): "labels" | "queries" | { readonly initialValue: Node } {
  if (valuesInLabelWeights === "labels") return "labels";
  return initialValue === undefined ? "queries" : { initialValue };
}

function infer(
  mixture: Mixture,
  { query, initialValue }: AttentionInputs,
  { inference = "maximum", inferenceSteps = 5, average = "precision" }: AttentionOptions,
): Node {
  if (inference === "maximum") {
    return inferValues(mixture, query, { steps: inferenceSteps, start: initialValue, average })
      .value;
  }
  if (initialValue === undefined) return expectedValue(mixture, query);
  return inferValues(mixture, query, { steps: 1, start: initialValue, average }).value;
}

function positionTerm(
  mixture: Mixture,
  { query, initialValue, valuePosition, labelledPosition }: AttentionInputs,
  { positionTerm: term = "expected" }: AttentionOptions,
  values: readonly Node[],
): Node | undefined {
  if (valuePosition === undefined) return undefined;
  const expected = contract(responsibilities(mixture, query, initialValue), valuePosition, "keys");
  if (term === "expected" || labelledPosition === undefined) return expected;
  // Once per step of value propagation, with the weights from before the step.
  return values
    .slice(0, -1)
    .map((value): Mixture => ({ ...mixture, value }))
    .map((before) => responsibilities(before, query, initialValue))
    .map((weights) => contract(weights, labelledPosition, "keys"))
    .reduce((total, step) => add(total, step), expected);
}
