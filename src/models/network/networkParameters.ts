/** What a network learns, by name. */

import { type AsppParameters, asppParameters } from "../../nn/aspp.ts";
import {
  type NormedConvolutionParameters,
  normedConvolutionParameters,
} from "../../nn/batchNorm.ts";
import { type ConvolutionParameters, convolutionParameters } from "../../nn/convolution.ts";
import { normal } from "../../nn/initialisers.ts";
import { learnt, type Parameter } from "../../nn/parameters.ts";
import {
  type SeparableConvolutionParameters,
  separableConvolutionParameters,
} from "../../nn/separableConvolution.ts";
import { type AttentionBlockParameters, attentionBlockParameters } from "./attentionBlock.ts";
import { type BackboneParameters, backboneParameters, backboneSizes } from "./backbone.ts";
import { nearnessMaps } from "./clickMaps.ts";
import type { Comparison, NetworkConfiguration } from "./configuration.ts";
import { contextParameters } from "./context.ts";
import {
  type CorrectiveClassifierParameters,
  correctiveClassifierParameters,
} from "./correctiveClassifier.ts";
import { type InteractionParameters, interactionParameters } from "./interaction.ts";

export type NetworkParameters<Leaf> = {
  readonly backbone: BackboneParameters<Leaf>;
  /** What the stages beyond stride 16 say there. */
  readonly context?: NormedConvolutionParameters<Leaf> | undefined;
  /** Blocks named "0", "1", … in their order. */
  readonly attention: Readonly<Record<string, AttentionBlockParameters<Leaf>>>;
  readonly pyramid: AsppParameters<Leaf>;
  readonly decoder: {
    readonly detail: NormedConvolutionParameters<Leaf>;
    readonly deep: NormedConvolutionParameters<Leaf>;
    readonly mix: SeparableConvolutionParameters<Leaf>;
    /** What pixels are compared by: their meaning, and their looks and colours. */
    readonly deepAlike: ConvolutionParameters<Leaf>;
    readonly fineAlike: ConvolutionParameters<Leaf>;
  };
  readonly interaction: InteractionParameters<Leaf>;
  readonly logits: ConvolutionParameters<Leaf>;
  readonly classifier?: CorrectiveClassifierParameters<Leaf> | undefined;
};

/** Image pixels from one logit to the next. */
export const FINE_STRIDE = 4;
const COLOURS = 3;
/** Of the weights that make logits, at the beginning. */
const LOGIT_DEVIATION = 0.01;

export function networkParameters(
  configuration: NetworkConfiguration,
): NetworkParameters<Parameter> {
  const { side, backbone, attention, pyramid, decoder, interaction, classifier } = configuration;
  const sizes = backboneSizes(backbone);
  const deepSide = side / sizes.stride;
  const before = sizes.context === 0 ? sizes.deep : 2 * sizes.deep;
  const afterAttention = attention.blocks === 0 ? before : attention.filters;
  const blocks = Array.from({ length: attention.blocks }, (_, i) => {
    const channels = i === 0 ? before : attention.filters;
    return [`${i}`, attentionBlockParameters(channels, attention, deepSide)] as const;
  });
  return {
    backbone: backboneParameters(
      backbone,
      interaction.entry === "early" ? nearnessMaps(interaction.reaches) : 0,
    ),
    ...(sizes.context > 0 && { context: contextParameters(sizes) }),
    attention: Object.fromEntries(blocks),
    pyramid: {
      ...asppParameters({
        channels: afterAttention,
        filters: pyramid.filters,
        rates: pyramid.rates.length,
        separable: pyramid.separable,
      }),
      // An image seen as a whole is one pixel: a norm over a small batch of those is noise.
      image: normedConvolutionParameters({
        channels: afterAttention,
        filters: pyramid.filters,
        kernel: 1,
        folded: true,
      }),
    },
    decoder: {
      detail: normedConvolutionParameters({
        channels: sizes.detail,
        filters: decoder.detail,
        kernel: 1,
      }),
      deep: normedConvolutionParameters({
        channels: pyramid.filters,
        filters: decoder.deep,
        kernel: 1,
      }),
      mix: separableConvolutionParameters({
        channels: decoder.detail + decoder.deep,
        filters: decoder.filters,
        kernel: 3,
      }),
      deepAlike: projection(pyramid.filters, interaction.likeness.deep),
      fineAlike: projection(decoder.filters + COLOURS, interaction.likeness.fine),
    },
    interaction: interactionParameters(configuration),
    logits: {
      ...convolutionParameters({ channels: interaction.fine, filters: 1, kernel: 1, bias: true }),
      // Undecided to begin with: what clicks say comes from the classifier.
      weight: learnt(
        { filters: 1, channels: interaction.fine, kernelHeight: 1, kernelWidth: 1 },
        normal(LOGIT_DEVIATION),
      ),
    },
    ...(classifier.kind === "corrective" && {
      classifier: correctiveClassifierParameters(
        interaction.fine,
        classifier,
        side / (FINE_STRIDE * classifier.stride),
      ),
    }),
  };
}

function projection(channels: number, { heads, channels: parts }: Comparison) {
  return convolutionParameters({ channels, filters: heads * parts, kernel: 1 });
}
