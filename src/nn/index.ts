export {
  type AsppOptions,
  type AsppParameters,
  aspp,
  asppParameters,
  asppTorchNames,
} from "./aspp.ts";
export {
  type AttentionBottleneckOptions,
  type AttentionBottleneckParameters,
  type AttentionBottleneckSize,
  attentionBottleneck,
  attentionBottleneckParameters,
} from "./attentionBottleneck.ts";
export {
  type AxialLayerParameters,
  type AxialLayerSize,
  axialLayer,
  axialLayerParameters,
} from "./axialLayer.ts";
export {
  type BatchNormOptions,
  type BatchNormParameters,
  batchNorm,
  batchNormParameters,
  foldBatchNorm,
  type NormedConvolutionParameters,
  type NormedConvolutionSize,
  normedConvolution,
  normedConvolutionParameters,
} from "./batchNorm.ts";
export {
  BOTTLENECK_TORCH_NAMES,
  type BottleneckOptions,
  type BottleneckParameters,
  type BottleneckSize,
  bottleneck,
  bottleneckParameters,
} from "./bottleneck.ts";
export {
  type ConvolutionParameters,
  type ConvolutionSize,
  convolution,
  convolutionParameters,
  samePadding,
} from "./convolution.ts";
export { dropout, dropoutMask } from "./dropout.ts";
export { fromTorch, torchName, type UnnamedTensor } from "./fromTorch.ts";
export { type GridAttention, type GridAttentionInputs, gridAttention } from "./gridAttention.ts";
export {
  type GridSelfAttentionParameters,
  type GridSelfAttentionSize,
  gridSelfAttention,
  gridSelfAttentionParameters,
} from "./gridSelfAttention.ts";
export { groupNorm, groupNormParameters, type NormParameters } from "./groupNorm.ts";
export {
  constantly,
  he,
  type Initialiser,
  normal,
  ones,
  uniform,
  xavier,
  zeros,
} from "./initialisers.ts";
export {
  type InvertedResidualOptions,
  type InvertedResidualParameters,
  type InvertedResidualSize,
  invertedResidual,
  invertedResidualParameters,
  relu6,
} from "./invertedResidual.ts";
export { layerNorm, layerNormParameters } from "./layerNorm.ts";
export { type LinearParameters, linear, linearParameters } from "./linear.ts";
export { type Mode, type Training, training } from "./mode.ts";
export {
  initialise,
  kept,
  learnt,
  type NodesOf,
  nodesByPath,
  type Parameter,
  parameterNodes,
  parametersByPath,
  type Tree,
} from "./parameters.ts";
export { type PositionTables, positionsOf, positionTables } from "./positionTables.ts";
export {
  type ProbabilisticAttentionOptions,
  type ProbabilisticAttentionParameters,
  type ProbabilisticAttentionSize,
  probabilisticAttention,
  probabilisticAttentionParameters,
} from "./probabilisticAttention.ts";
export {
  type SeparableConvolutionParameters,
  separableConvolution,
  separableConvolutionParameters,
} from "./separableConvolution.ts";
export {
  type SqueezeExciteParameters,
  squeezeExcite,
  squeezeExciteParameters,
} from "./squeezeExcite.ts";
