/**
 * The bottleneck of a BoTNet with probabilistic attention in its middle: narrow, let every pixel
 * attend to others, widen, and add what came in: `y = x + widen(attention(narrow(x)))`.
 *
 * Unlike a BoTNet's the block ends without a relu, since a MobileNet's features have a sign; and it
 * begins as what came in.
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, section 5; Srinivas et al. 2021,
 *   arXiv:2101.11605 (BoTNet).
 */

import type { Node } from "../../graph/node.ts";
import { add } from "../../graph/operations/add.ts";
import { relu } from "../../graph/operations/relu.ts";
import {
  type BatchNormParameters,
  batchNorm,
  batchNormParameters,
  type NormedConvolutionParameters,
  normedConvolution,
  normedConvolutionParameters,
} from "../../nn/batchNorm.ts";
import { zeros } from "../../nn/initialisers.ts";
import type { Mode } from "../../nn/mode.ts";
import { learnt, type Parameter } from "../../nn/parameters.ts";
import type { AttentionStage } from "./configuration.ts";
import { type SpansParameters, selfAttention, spansParameters } from "./selfAttention.ts";

export type AttentionBlockParameters<Leaf> = {
  readonly reduce: NormedConvolutionParameters<Leaf>;
  /** What pixels attend with, by span. */
  readonly spans: SpansParameters<Leaf>;
  readonly norm: BatchNormParameters<Leaf>;
  readonly widen: NormedConvolutionParameters<Leaf>;
  readonly shortcut?: NormedConvolutionParameters<Leaf> | undefined;
};

/**
 * @param channels Those that come in.
 * @param side     The largest height and width, in pixels, that positions are learnt for.
 */
export function attentionBlockParameters(
  channels: number,
  stage: AttentionStage,
  side: number,
): AttentionBlockParameters<Parameter> {
  const { filters, inner } = stage;
  const widen = normedConvolutionParameters({ channels: inner, filters, kernel: 1 });
  return {
    reduce: normedConvolutionParameters({ channels, filters: inner, kernel: 1 }),
    spans: spansParameters(stage, side),
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
  const { reduce, spans, norm, widen, shortcut } = parameters;
  const narrow = relu(normedConvolution(x, reduce, {}, mode));
  const attended = relu(batchNorm(selfAttention(narrow, spans, stage), norm, mode));
  const wide = normedConvolution(attended, widen, {}, mode);
  return add(shortcut === undefined ? x : normedConvolution(x, shortcut, {}, mode), wide);
}
