/** Networks as data: what they are made of, so that one code builds all of them. */

export interface NetworkConfiguration {
  readonly name: string;
  /** Pixels along the longer side of the images that it works on. */
  readonly side: number;
  readonly backbone: Backbone;
  readonly attention: AttentionStage;
  readonly pyramid: Pyramid;
  readonly decoder: Decoder;
  readonly interaction: Interaction;
  readonly classifier: Classifier;
}

/** The convolutional stages: from an image to features at stride 4, at stride 16, and beyond. */
export type Backbone =
  | {
      /** Inverted residuals, norms folded into the weights: a MobileNetV2. */
      readonly kind: "mobile";
      /** Filters of the first convolution, at stride 2. */
      readonly stem: number;
      readonly blocks: readonly MobileBlock[];
    }
  | {
      /** Bottlenecks behind a pool: a ResNet. */
      readonly kind: "residual";
      readonly stem: number;
      readonly blocks: readonly ResidualBlock[];
    };

export interface MobileBlock {
  readonly filters: number;
  readonly stride: number;
  /** How many times as many channels there are inside. */
  readonly wider: number;
}

export interface ResidualBlock {
  readonly filters: number;
  /** Channels inside. */
  readonly width: number;
  readonly stride: number;
  readonly dilation: number;
}

/** Blocks of probabilistic attention over the features at stride 16. */
export interface AttentionStage {
  readonly blocks: number;
  /** Channels between the blocks. */
  readonly filters: number;
  /** Channels inside, of all heads. */
  readonly inner: number;
  readonly heads: number;
  /** `"full"`: over all pixels. `"axial"`: over those of a column, then over those of a row. */
  readonly span: "full" | "axial";
  readonly positions: "none" | "factored" | "full";
  /** What units weigh before anything is seen; `"magnitude"` makes logits dot products. */
  readonly prior: "uniform" | "magnitude";
  /** EM steps of key adaptation. */
  readonly keySteps: number;
}

/** Atrous spatial pyramid pooling. */
interface Pyramid {
  readonly filters: number;
  /** Dilations, in pixels of the deepest features. */
  readonly rates: readonly number[];
  readonly separable: boolean;
}

/** From the pyramid and the details at stride 4 to fine features. */
interface Decoder {
  /** Channels of the details. */
  readonly detail: number;
  /** Channels of the pyramid's share. */
  readonly deep: number;
  readonly filters: number;
}

/** How clicks meet features. */
export interface Interaction {
  /**
   * `"late"`: they meet the features of an image that was encoded once. `"early"`: they are
   * channels of the image, and every click runs all of the network.
   */
  readonly entry: "late" | "early";
  /** How far a click reaches, as standard deviations in pixels of whatever grid it is laid on. */
  readonly reaches: readonly number[];
  /** How all pixels are compared with the clicked ones, at the deep stride and at stride 4. */
  readonly likeness: { readonly deep: Comparison; readonly fine: Comparison };
  /** Channels at the deep stride, and dilations of its blocks. */
  readonly deep: number;
  readonly dilations: readonly number[];
  /** Channels at stride 4, and separable convolutions there. */
  readonly fine: number;
  readonly convolutions: number;
  /** Whether a mask to start from is taken. */
  readonly takesStart: boolean;
}

/** Projections in which pixels are compared, and their channels. */
export interface Comparison {
  readonly heads: number;
  readonly channels: number;
}

/** From fine features to logits. */
export type Classifier =
  /** A convolution with kernels of one pixel. */
  | { readonly kind: "linear" }
  /** That, corrected by axial probabilistic attention whose values take up the clicks. */
  | {
      readonly kind: "corrective";
      /** Fine pixels for each token, along each side. */
      readonly stride: number;
      readonly heads: number;
      readonly channels: number;
      /** EM steps of value propagation. */
      readonly valueSteps: number;
    };

function repeated<Block extends { readonly stride: number }>(
  count: number,
  first: Block,
): readonly Block[] {
  return Array.from({ length: count }, (_, i) => (i === 0 ? first : { ...first, stride: 1 }));
}

/** MobileNetV2 1.0 up to its tenth block: stride 16, 64 channels. */
const TO_BLOCK_10: readonly MobileBlock[] = [
  { filters: 16, stride: 1, wider: 1 },
  ...repeated(2, { filters: 24, stride: 2, wider: 6 }),
  ...repeated(3, { filters: 32, stride: 2, wider: 6 }),
  ...repeated(4, { filters: 64, stride: 2, wider: 6 }),
];

/** … and up to its sixteenth: 96 channels at stride 16, then 160 at stride 32. */
const TO_BLOCK_16: readonly MobileBlock[] = [
  ...TO_BLOCK_10,
  ...repeated(3, { filters: 96, stride: 1, wider: 6 }),
  ...repeated(3, { filters: 160, stride: 2, wider: 6 }),
];

const residual = (count: number, width: number, stride: number): readonly ResidualBlock[] =>
  repeated(count, { filters: 4 * width, width, stride, dilation: 1 });

/** The default: small enough for a browser on a laptop. */
const SMALL: NetworkConfiguration = {
  name: "small",
  side: 512,
  backbone: { kind: "mobile", stem: 32, blocks: TO_BLOCK_16 },
  attention: {
    blocks: 2,
    filters: 160,
    inner: 96,
    heads: 4,
    span: "full",
    positions: "factored",
    prior: "magnitude",
    keySteps: 1,
  },
  pyramid: { filters: 128, rates: [3, 6], separable: true },
  decoder: { detail: 32, deep: 48, filters: 48 },
  interaction: {
    entry: "late",
    reaches: [1, 4],
    likeness: { deep: { heads: 4, channels: 16 }, fine: { heads: 2, channels: 8 } },
    deep: 128,
    dilations: [1, 2, 4],
    fine: 64,
    convolutions: 2,
    takesStart: true,
  },
  classifier: { kind: "corrective", stride: 2, heads: 2, channels: 16, valueSteps: 1 },
};

/** The smallest, for experiments that are repeated. */
const TINY: NetworkConfiguration = {
  ...SMALL,
  name: "tiny",
  side: 256,
  backbone: { kind: "mobile", stem: 32, blocks: TO_BLOCK_10 },
  attention: { ...SMALL.attention, blocks: 1, filters: 96, inner: 64 },
  pyramid: { filters: 64, rates: [2, 4], separable: true },
  decoder: { detail: 24, deep: 32, filters: 32 },
  interaction: {
    ...SMALL.interaction,
    likeness: { ...SMALL.interaction.likeness, deep: { heads: 2, channels: 16 } },
    deep: 64,
    dilations: [1, 2],
    fine: 32,
  },
};

/** That of the paper: a ResNet-50 whose last stage is attention, a pyramid and a decoder. */
const BOTNET_50: NetworkConfiguration = {
  name: "botnet50",
  side: 512,
  backbone: {
    kind: "residual",
    stem: 64,
    blocks: [...residual(3, 64, 1), ...residual(4, 128, 2), ...residual(6, 256, 2)],
  },
  attention: {
    blocks: 3,
    filters: 2048,
    inner: 512,
    heads: 4,
    span: "full",
    positions: "factored",
    prior: "magnitude",
    keySteps: 1,
  },
  pyramid: { filters: 256, rates: [6, 12, 18], separable: false },
  decoder: { detail: 48, deep: 256, filters: 256 },
  interaction: {
    entry: "late",
    reaches: [1, 4],
    likeness: { deep: { heads: 4, channels: 32 }, fine: { heads: 2, channels: 16 } },
    deep: 256,
    dilations: [1, 2, 4],
    fine: 128,
    convolutions: 2,
    takesStart: true,
  },
  classifier: { kind: "corrective", stride: 1, heads: 4, channels: 16, valueSteps: 1 },
};

export type ConfigurationName = "tiny" | "small" | "botnet50";

/** A name is a promise: what files are checked against never changes once weights were published. */
export const CONFIGURATIONS: Readonly<Record<ConfigurationName, NetworkConfiguration>> = {
  tiny: TINY,
  small: SMALL,
  botnet50: BOTNET_50,
};
