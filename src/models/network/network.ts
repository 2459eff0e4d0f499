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
import { aspp } from "../../nn/aspp.ts";
import { normedConvolution } from "../../nn/batchNorm.ts";
import { type ConvolutionParameters, convolution } from "../../nn/convolution.ts";
import type { Mode } from "../../nn/mode.ts";
import type { Parameter } from "../../nn/parameters.ts";
import { separableConvolution } from "../../nn/separableConvolution.ts";
import { ShapeError } from "../../tensor/hostTensor.ts";
import { attentionBlock } from "./attentionBlock.ts";
import { backboneSizes, runBackbone } from "./backbone.ts";
import type { ClickInputs } from "./clickInputs.ts";
import { type Grid, nearness, sidesOf } from "./clickMaps.ts";
import { clickShares } from "./clickShares.ts";
import type { Comparison, NetworkConfiguration } from "./configuration.ts";
import { withContext } from "./context.ts";
import { correctiveClassifier } from "./correctiveClassifier.ts";
import { interact } from "./interaction.ts";
import { FINE_STRIDE, type NetworkParameters, networkParameters } from "./networkParameters.ts";

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
  /**
   * How much of a pixel's value each click explains, `[batch, sources, height, width]`, on the grid of
   * the classifier: see `clickShares`. Only networks whose classifier propagates values can tell.
   */
  readonly explain?: Network["answer"];
}

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

  /** Features that know of the clicks, and the logits of each pixel alone. */
  function inform(
    weights: NetworkParameters<Node>,
    features: Features,
    clicks: ClickInputs,
    mode: Mode,
  ): { readonly informed: Node; readonly logits: Node; readonly fine: Grid } {
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
    return { informed, logits, fine: grids.fine };
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
      const { informed, logits, fine } = inform(weights, features, clicks, mode);
      if (classifier.kind === "linear" || weights.classifier === undefined) return logits;
      return correctiveClassifier(informed, logits, clicks, fine, classifier, weights.classifier);
    },
    ...(classifier.kind === "corrective" && {
      explain: (weights, features, clicks, mode) => {
        const { informed, logits, fine } = inform(weights, features, clicks, mode);
        if (weights.classifier === undefined) {
          throw new ReferenceError(
            `network "${name}": expected weights of its classifier, got none.`,
          );
        }
        return clickShares(informed, logits, clicks, fine, classifier, weights.classifier);
      },
    }),
  };
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
