/**
 * Where clicks meet features: at the deep stride, where few pixels see far, then at stride 4, where
 * outlines are.
 */

import type { Node } from "../../graph/node.ts";
import { averagePool } from "../../graph/operations/averagePool.ts";
import { concat } from "../../graph/operations/concat.ts";
import { expand } from "../../graph/operations/expand.ts";
import { relu } from "../../graph/operations/relu.ts";
import { resize } from "../../graph/operations/resize.ts";
import { softplus } from "../../graph/operations/softplus.ts";
import { asImage } from "../../graph/windows/windows.ts";
import {
  type NormedConvolutionParameters,
  normedConvolution,
  normedConvolutionParameters,
} from "../../nn/batchNorm.ts";
import { constantly } from "../../nn/initialisers.ts";
import {
  type InvertedResidualParameters,
  invertedResidual,
  invertedResidualParameters,
} from "../../nn/invertedResidual.ts";
import type { Mode } from "../../nn/mode.ts";
import { learnt, type Parameter } from "../../nn/parameters.ts";
import {
  type SeparableConvolutionParameters,
  separableConvolution,
  separableConvolutionParameters,
} from "../../nn/separableConvolution.ts";
import type { ClickInputs } from "./clickInputs.ts";
import { type Grid, likeness, nearness, nearnessMaps } from "./clickMaps.ts";
import type { Comparison, NetworkConfiguration } from "./configuration.ts";

export type InteractionParameters<Leaf> = {
  /** α of likeness, raw, `[heads]`; see `likeness`. */
  readonly precision: { readonly deep: Leaf; readonly fine: Leaf };
  readonly meet: NormedConvolutionParameters<Leaf>;
  /** One per dilation, named "0", "1", … in their order. */
  readonly deep: Readonly<Record<string, InvertedResidualParameters<Leaf>>>;
  readonly lift: NormedConvolutionParameters<Leaf>;
  /** Named "0", "1", … in their order. */
  readonly fine: Readonly<Record<string, SeparableConvolutionParameters<Leaf>>>;
};

/** How much wider blocks are inside. */
const WIDER = 3;
/** softplus of this is 0.1: of features whose squares are about 1, in 16 channels or so. */
const RAW_PRECISION = Math.log(Math.expm1(0.1));

export function interactionParameters({
  pyramid,
  decoder,
  interaction,
}: NetworkConfiguration): InteractionParameters<Parameter> {
  const {
    reaches,
    likeness: compared,
    deep,
    dilations,
    fine,
    convolutions,
    takesStart,
  } = interaction;
  const told = nearnessMaps(reaches) + (takesStart ? 1 : 0);
  const each = <Own>(count: number, make: (i: number) => Own): Readonly<Record<string, Own>> =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}`, make(i)]));
  return {
    precision: { deep: precisionOf(compared.deep), fine: precisionOf(compared.fine) },
    meet: normedConvolutionParameters({
      channels: pyramid.filters + told + 2 * compared.deep.heads,
      filters: deep,
      kernel: 1,
    }),
    deep: each(dilations.length, () =>
      invertedResidualParameters({ channels: deep, width: WIDER * deep, filters: deep }),
    ),
    lift: normedConvolutionParameters({ channels: deep, filters: fine, kernel: 1 }),
    fine: each(convolutions, (i) =>
      separableConvolutionParameters({
        channels: i === 0 ? decoder.filters + fine + told + 2 * compared.fine.heads : fine,
        filters: fine,
        kernel: 3,
      }),
    ),
  };
}

function precisionOf({ heads }: Comparison): Parameter {
  return learnt({ heads }, constantly(RAW_PRECISION));
}

export interface InteractionFeatures {
  /** `[…, channels, height, width]` at the deep stride: the pyramid's. */
  readonly deep: Node;
  /** `[…, channels, height, width]` at the fine stride. */
  readonly fine: Node;
  /** `[…, heads, parts, height, width]` at either stride: what pixels are compared by. */
  readonly deepAlike: Node;
  readonly fineAlike: Node;
}

/**
 * @returns Features that know of the clicks, `[…, channels, height, width]` at the fine stride.
 */
export function interact(
  features: InteractionFeatures,
  clicks: ClickInputs,
  grids: { readonly deep: Grid; readonly fine: Grid },
  { interaction }: NetworkConfiguration,
  { precision, meet, deep, lift, fine }: InteractionParameters<Node>,
  mode: Mode,
): Node {
  const { reaches, dilations, convolutions } = interaction;
  const start = interaction.takesStart ? (clicks.start ?? unknown(grids.fine)) : undefined;
  const startMap = start === undefined ? [] : [asImage(expand(start, { channels: 1 }))];
  const shrunk = startMap.map((map) =>
    averagePool(map, { kernel: grids.deep.stride / grids.fine.stride }),
  );
  const toldDeep = [
    nearness(clicks, grids.deep, reaches),
    likeness(features.deepAlike, softplus(precision.deep), clicks, grids.deep),
    ...shrunk,
  ];
  let x = relu(normedConvolution(concat([features.deep, ...toldDeep], "channels"), meet, {}, mode));
  for (const [i, dilation] of dilations.entries()) {
    x = invertedResidual(x, deep[i], { dilation }, mode);
  }
  const lifted = resize(relu(normedConvolution(x, lift, {}, mode)), grids.fine);
  const toldFine = [
    nearness(clicks, grids.fine, reaches),
    likeness(features.fineAlike, softplus(precision.fine), clicks, grids.fine),
    ...startMap,
  ];
  let y = concat([features.fine, lifted, ...toldFine], "channels");
  for (let i = 0; i < convolutions; i++) {
    y = relu(separableConvolution(y, fine[i], { padding: 1 }, mode));
  }
  return y;
}

function unknown({ height, width }: Grid): Node {
  return expand(0, { height, width });
}
