/**
 * Axial probabilistic attention as a layer: what `axialAttention` needs, with precisions and priors
 * that may be learnt, the same for both sides.
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, section 4.
 */

import {
  type AxialAttentionOptions,
  type AxialWeights,
  axialAttention,
} from "../attention/axialAttention.ts";
import type { GridSize } from "../attention/positions.ts";
import type { Node } from "../graph/node.ts";
import { normal, xavier } from "./initialisers.ts";
import { learnt, type Parameter } from "./parameters.ts";
import { learntPrecisions, type Precisions, precisionParameters } from "./precisions.ts";

/** `AxialWeights` of one side. */
type Side<Leaf> = { readonly [Name in keyof AxialWeights]: Leaf };

export type AxialLayerParameters<Leaf> = {
  readonly height: Side<Leaf>;
  readonly width: Side<Leaf>;
  /** α, β and θ of keys and values, those that are learnt: raw, `[heads]`. */
  readonly precisions: Precisions<Leaf>;
};

export interface AxialLayerSize extends GridSize {
  /** Features that come in. As many go out as there are value channels in all heads. */
  readonly features: number;
  readonly heads: number;
  /** Channels of each head's queries and keys. */
  readonly channels: number;
  readonly valueChannels: number;
  /** Which precisions and priors are learnt, and where each begins (above 0). @default none */
  readonly learnt?: Precisions<number>;
}

/** What the layer needs, for images of this height and width. */
export function axialLayerParameters({
  features,
  heads,
  channels,
  valueChannels,
  height,
  width,
  learnt: beginnings = {},
}: AxialLayerSize): AxialLayerParameters<Parameter> {
  const side = (from: number, length: number): Side<Parameter> => {
    const offsets = 2 * length - 1;
    const table = learnt({ channels, offsets }, normal(1 / Math.sqrt(channels)));
    return {
      projection: learnt(
        { heads, parts: 2 * channels + valueChannels, features: from },
        xavier("features"),
      ),
      queryTable: table,
      keyTable: table,
      valueTable: learnt({ valueChannels, offsets }, normal(1 / Math.sqrt(valueChannels))),
    };
  };
  return {
    height: side(features, height),
    width: side(heads * valueChannels, width),
    precisions: precisionParameters("axialLayer", heads, beginnings),
  };
}

/**
 * @param x       `[…, features, height, width]`.
 * @param options Those of `axialAttention`; what the layer has learnt wins where both are there.
 * @returns `[…, features, height, width]`.
 */
export function axialLayer(
  x: Node,
  { height, width, precisions }: AxialLayerParameters<Node>,
  options: AxialAttentionOptions = {},
): Node {
  const own = { ...options, ...learntPrecisions(precisions) };
  return axialAttention(x, { height, width }, own).out;
}
