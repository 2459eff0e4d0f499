export {
  type AdaptedPrecision,
  type AdaptPrecisionOptions,
  adaptKeyPrecision,
} from "./adaptKeyPrecision.ts";
export { type AdaptedKeys, type AdaptKeysOptions, adaptKeys } from "./adaptKeys.ts";
export { adaptValuePrecision } from "./adaptValuePrecision.ts";
export {
  type Attention,
  type AttentionInputs,
  type AttentionOptions,
  attend,
  RELEASED_LAYER,
} from "./attend.ts";
export {
  type AxialAttention,
  type AxialAttentionOptions,
  type AxialWeights,
  axialAttention,
} from "./axialAttention.ts";
export { expectedValue } from "./expectedValue.ts";
export { type InferredValues, type InferValuesOptions, inferValues } from "./inferValues.ts";
export type { Labels } from "./labels.ts";
export { logConditional, logJoint, logQueryMarginal } from "./logDensities.ts";
export { logPrior, withFrozenPrior, withMixingWeights } from "./logPrior.ts";
export type { Mixture, QueryMixture } from "./mixture.ts";
export { type GridSize, gridPositions, type LineSize, linePositions } from "./positions.ts";
export {
  type PropagatedValues,
  type PropagateValuesOptions,
  propagateValues,
} from "./propagateValues.ts";
export { responsibilities } from "./responsibilities.ts";
