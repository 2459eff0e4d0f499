export { bindAxes } from "../tensor/bindAxes.ts";
export { type HostTensor, ShapeError, type Sizes, tensor } from "../tensor/hostTensor.ts";
export type {
  AttentionAxes,
  ConvolutionOptions,
  PoolOptions,
  Sides,
  WindowOptions,
} from "./attributes.ts";
export { gradient } from "./gradient.ts";
export { type Graph, graph } from "./graph.ts";
export { interpret, type Precision } from "./interpreter.ts";
export type { Node, Value } from "./node.ts";
export type { Network, NetworkValue, Numbers } from "./onnx/network.ts";
export { type OnnxOptions, writeOnnx } from "./onnx/writeOnnx.ts";
export { abs } from "./operations/abs.ts";
export { add } from "./operations/add.ts";
export { and } from "./operations/and.ts";
export { attention } from "./operations/attention.ts";
export { attentionAdjoint } from "./operations/attentionAdjoint.ts";
export {
  type AveragePoolOptions,
  adaptiveAveragePool,
  averagePool,
} from "./operations/averagePool.ts";
export { clamp } from "./operations/clamp.ts";
export { concat } from "./operations/concat.ts";
export { constant } from "./operations/constant.ts";
export { contract } from "./operations/contract.ts";
export { convolve } from "./operations/convolve.ts";
export { convolveTransposed } from "./operations/convolveTransposed.ts";
export { convolveWeightAdjoint } from "./operations/convolveWeightAdjoint.ts";
export { divide } from "./operations/divide.ts";
export { equal } from "./operations/equal.ts";
export { erf } from "./operations/erf.ts";
export { exp } from "./operations/exp.ts";
export { expand } from "./operations/expand.ts";
export { flip } from "./operations/flip.ts";
export { gather } from "./operations/gather.ts";
export { gelu } from "./operations/gelu.ts";
export { input } from "./operations/input.ts";
export { largest } from "./operations/largest.ts";
export { less } from "./operations/less.ts";
export { lessOrEqual } from "./operations/lessOrEqual.ts";
export { log } from "./operations/log.ts";
export { logSoftmax } from "./operations/logSoftmax.ts";
export { logSumExp } from "./operations/logSumExp.ts";
export { logTotals } from "./operations/logTotals.ts";
export { maximum } from "./operations/maximum.ts";
export { maxPool } from "./operations/maxPool.ts";
export { maxPoolIndices } from "./operations/maxPoolIndices.ts";
export { mean } from "./operations/mean.ts";
export { merge } from "./operations/merge.ts";
export { minimum } from "./operations/minimum.ts";
export { multiply } from "./operations/multiply.ts";
export { negate } from "./operations/negate.ts";
export { not } from "./operations/not.ts";
export { or } from "./operations/or.ts";
export { pad } from "./operations/pad.ts";
export { power } from "./operations/power.ts";
export { relu } from "./operations/relu.ts";
export { rename } from "./operations/rename.ts";
export { reorder } from "./operations/reorder.ts";
export { resample } from "./operations/resample.ts";
export { type ResizeOptions, resize } from "./operations/resize.ts";
export { scatterAdd } from "./operations/scatterAdd.ts";
export { sigmoid } from "./operations/sigmoid.ts";
export { slice } from "./operations/slice.ts";
export { softmax } from "./operations/softmax.ts";
export { softplus } from "./operations/softplus.ts";
export { split } from "./operations/split.ts";
export { sqrt } from "./operations/sqrt.ts";
export { square } from "./operations/square.ts";
export { stopGradient } from "./operations/stopGradient.ts";
export { subtract } from "./operations/subtract.ts";
export { sum } from "./operations/sum.ts";
export { operations } from "./operations/table.ts";
export { tanh } from "./operations/tanh.ts";
export { toFloat } from "./operations/toFloat.ts";
export { where } from "./operations/where.ts";
export type { Run } from "./run.ts";
export type { Kind, OperationName } from "./vocabulary.ts";
