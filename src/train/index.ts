export { readCheckpoint, weightsOf, writeCheckpoint } from "./checkpoint.ts";
export { type Clipped, clipByGlobalNorm } from "./clipByGlobalNorm.ts";
export { type Batch, type BatchPlan, batchAt } from "./curriculum/batch.ts";
export { seedAt } from "./curriculum/seedAt.ts";
export { type Stage, stepsOf, type TaskName } from "./curriculum/tasks.ts";
export { clicksOnMistakes } from "./loop/clicksOnMistakes.ts";
export type { Trainable } from "./loop/trainable.ts";
export { type StepReport, type Tensors, type Trainer, trainer } from "./loop/trainer.ts";
export {
  type LoopStep,
  type Standing,
  type TrainingLoop,
  trainingLoop,
} from "./loop/trainingLoop.ts";
export { bceWithLogits } from "./losses/bceWithLogits.ts";
export { type CrossEntropyOptions, crossEntropy } from "./losses/crossEntropy.ts";
export { type FocalOptions, focal } from "./losses/focal.ts";
export { type NormalisedFocalOptions, normalisedFocal } from "./losses/normalisedFocal.ts";
export { type SoftIoUOptions, softIoU } from "./losses/softIoU.ts";
export type { LossOptions } from "./losses/target.ts";
export { type AdamOptions, adam, adamW } from "./optimisers/adam.ts";
export type { Optimiser, Pace, Updated } from "./optimisers/optimiser.ts";
export { type SgdOptions, sgd } from "./optimisers/sgd.ts";
export { configurationOf } from "./recipe/configurationOf.ts";
export { readRecipe } from "./recipe/readRecipe.ts";
export type {
  GroupRecipe,
  NetworkRecipe,
  OptimiserRecipe,
  Recipe,
  ScheduleRecipe,
} from "./recipe/recipe.ts";
export { recipeSchema } from "./recipe/recipeSchema.ts";
export { type Split, sourcesOf } from "./recipe/sourcesOf.ts";
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
