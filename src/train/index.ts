export { type Clipped, clipByGlobalNorm } from "./clipByGlobalNorm.ts";
export type { Trainable } from "./loop/trainable.ts";
export { bceWithLogits } from "./losses/bceWithLogits.ts";
export { type CrossEntropyOptions, crossEntropy } from "./losses/crossEntropy.ts";
export { type FocalOptions, focal } from "./losses/focal.ts";
export { type NormalisedFocalOptions, normalisedFocal } from "./losses/normalisedFocal.ts";
export { type SoftIoUOptions, softIoU } from "./losses/softIoU.ts";
export type { LossOptions } from "./losses/target.ts";
export { type AdamOptions, adam, adamW } from "./optimisers/adam.ts";
export type { Optimiser, Pace, Updated } from "./optimisers/optimiser.ts";
export { type SgdOptions, sgd } from "./optimisers/sgd.ts";
export {
  type CosineOptions,
  constantRate,
  cosineRate,
  type PolyOptions,
  polyRate,
  type Schedule,
  type StepOptions,
  stepRate,
} from "./schedules.ts";
export {
  type ParameterGroup,
  type TrainingStep,
  type TrainingStepOptions,
  trainingStep,
} from "./trainingStep.ts";
export { type Named, type ParameterRule, updateParameters } from "./updateParameters.ts";
