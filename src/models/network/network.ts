/**
 * A network that segments by clicks, as two functions that build graphs: what it sees in an image,
 * once, and what it answers to a set of clicks.
 *
 *     image → backbone → attention over all pixels → pyramid → decoder          encode
 *     features, clicks → deep and fine convolutions → corrective classifier     answer
 */

import type { Node } from "../../graph/node.ts";
import { averagePool } from "../../graph/operations/averagePool.ts";
import { concat } from "../../graph/operations/concat.ts";
import { relu } from "../../graph/operations/relu.ts";
import { resize } from "../../graph/operations/resize.ts";
import { split } from "../../graph/operations/split.ts";
import { sum } from "../../graph/operations/sum.ts";
import { type AsppParameters, aspp, asppParameters } from "../../nn/aspp.ts";
import {
  type NormedConvolutionParameters,
  normedConvolution,
  normedConvolutionParameters,
} from "../../nn/batchNorm.ts";
import {
  type ConvolutionParameters,
  convolution,
  convolutionParameters,
} from "../../nn/convolution.ts";
import { normal } from "../../nn/initialisers.ts";
import type { Mode } from "../../nn/mode.ts";
import { learnt, type Parameter } from "../../nn/parameters.ts";
import {
  type SeparableConvolutionParameters,
  separableConvolution,
  separableConvolutionParameters,
} from "../../nn/separableConvolution.ts";
import { ShapeError } from "../../tensor/hostTensor.ts";
import {
  type AttentionBlockParameters,
  attentionBlock,
  attentionBlockParameters,
} from "./attentionBlock.ts";
import {
  type BackboneParameters,
  backboneParameters,
  backboneSizes,
  runBackbone,
} from "./backbone.ts";
import type { ClickInputs } from "./clickInputs.ts";
import { type Grid, nearness, nearnessMaps, sidesOf } from "./clickMaps.ts";
import type { Comparison, NetworkConfiguration } from "./configuration.ts";
import { contextParameters, withContext } from "./context.ts";
import {
  type CorrectiveClassifierParameters,
  correctiveClassifier,
  correctiveClassifierParameters,
} from "./correctiveClassifier.ts";
import { type InteractionParameters, interact, interactionParameters } from "./interaction.ts";

/** What a network keeps of an image, by name; none of it depends on clicks. */
export type Features = Readonly<Record<string, Node>>;

export interface Network {
  /** Of its configuration. */
  readonly name: string;
  /** What it has learnt; `initialise` makes numbers to begin with. */
  readonly parameters: NetworkParameters<Parameter>;
  /** Image pixels from one logit to the next, along each side. */
  readonly stride: number;
  /** What height and width of images are multiples of. */
  readonly multiple: number;
  /**
   * @param weights Nodes for `parameters`, as `parameterNodes` makes them.
   * @param image   `[batch, channels, height, width]`, three channels, red, green and blue in 0 … 1.
   * @throws {ShapeError} When sides are not multiples of `multiple`.
   */
  encode(weights: NetworkParameters<Node>, image: Node, mode: Mode): Features;
  /**
   * Logits of the object, `[batch, height, width]`, sides of the image over `stride`. A function of
   * the set of clicks: their order and their padding do not matter.
   */
  answer(
    weights: NetworkParameters<Node>,
    features: Features,
    clicks: ClickInputs,
    mode: Mode,
  ): Node;
}

type NetworkParameters<Leaf> = {
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

const FINE_STRIDE = 4;
const COLOURS = 3;
/** Of the weights that make logits, at the beginning. */
const LOGIT_DEVIATION = 0.01;
/** Of the first convolution, where early clicks enter. */
const STEM_STRIDE = 2;

/** The network of a configuration. */
export function network(configuration: NetworkConfiguration): Network {
  const { name, backbone, pyramid, interaction, classifier } = configuration;
  const { stride: deepStride, lastStride } = backboneSizes(backbone);
  const isEarly = interaction.entry === "early";
  const multiple = Math.max(
    lastStride,
    classifier.kind === "corrective" ? FINE_STRIDE * classifier.stride : 1,
  );
  const { reaches } = interaction;

  /** All that is seen; with clicks where they enter early. */
  function see(
    weights: NetworkParameters<Node>,
    image: Node,
    clicks: ClickInputs | undefined,
    mode: Mode,
  ): Features {
    const maps = clicks && nearness(clicks, gridOf(image, 1, STEM_STRIDE), reaches);
    const seen = runBackbone(image, maps, backbone, weights.backbone, mode);
    const { detail } = seen;
    let x = withContext(seen, weights.context, mode);
    for (let i = 0; i < configuration.attention.blocks; i++) {
      x = attentionBlock(x, weights.attention[i], configuration.attention, mode);
    }
    const meaning = aspp(x, weights.pyramid, { rates: pyramid.rates }, mode);
    const { decoder } = weights;
    const parts = [
      resize(relu(normedConvolution(meaning, decoder.deep, {}, mode)), sidesOf(detail)),
      relu(normedConvolution(detail, decoder.detail, {}, mode)),
    ];
    const fine = relu(
      separableConvolution(concat(parts, "channels"), decoder.mix, { padding: 1 }, mode),
    );
    const colours = averagePool(image, { kernel: FINE_STRIDE });
    const { likeness } = interaction;
    return {
      deep: meaning,
      fine,
      deepAlike: projected(meaning, decoder.deepAlike, likeness.deep),
      fineAlike: projected(concat([fine, colours], "channels"), decoder.fineAlike, likeness.fine),
    };
  }

  return {
    name,
    parameters: networkParameters(configuration),
    stride: FINE_STRIDE,
    multiple,
    encode: (weights, image, mode) => {
      checkSides(name, image, multiple);
      return isEarly ? { image } : see(weights, image, undefined, mode);
    },
    answer: (weights, features, clicks, mode) => {
      const { deep, fine, deepAlike, fineAlike } = isEarly
        ? see(weights, features["image"], clicks, mode)
        : features;
      const grids = {
        deep: gridOf(deep, deepStride, deepStride),
        fine: gridOf(fine, FINE_STRIDE, FINE_STRIDE),
      };
      const informed = interact(
        { deep, fine, deepAlike, fineAlike },
        clicks,
        grids,
        configuration,
        weights.interaction,
        mode,
      );
      const logits = sum(convolution(informed, weights.logits), "channels");
      if (classifier.kind === "linear" || weights.classifier === undefined) return logits;
      return correctiveClassifier(
        informed,
        logits,
        clicks,
        grids.fine,
        classifier,
        weights.classifier,
      );
    },
  };
}

function networkParameters(configuration: NetworkConfiguration): NetworkParameters<Parameter> {
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

/** `[…, heads, parts, height, width]` */
function projected(
  x: Node,
  parameters: ConvolutionParameters<Node>,
  { heads, channels: parts }: Comparison,
): Node {
  return split(convolution(x, parameters), "channels", { heads, parts });
}

/** The grid of an image whose pixels are `own` image pixels wide, at another stride. */
function gridOf(x: Node, own: number, stride: number): Grid {
  const { height, width } = sidesOf(x);
  return { height: (height * own) / stride, width: (width * own) / stride, stride };
}

function checkSides(name: string, image: Node, multiple: number): void {
  const { height, width } = sidesOf(image);
  if (height % multiple === 0 && width % multiple === 0) return;
  throw new ShapeError(
    `network "${name}": expected an image whose sides are multiples of ${multiple}, got ${width}×${height}. Resize it.`,
  );
}
