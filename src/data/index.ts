export type { Edge, Raster } from "./edge.ts";
export {
  type EvaluationRow,
  type EvaluationSample,
  evaluationRows,
  evaluationSamples,
} from "./evaluationSet.ts";
export {
  conventions,
  type SetName,
  truthOfLabel,
  undecidedBand,
  unitedObjects,
} from "./maskConventions.ts";
export { type Scene, scene } from "./scene/scene.ts";
export {
  type TrainingKind,
  type TrainingRow,
  type TrainingSample,
  trainingRows,
  trainingSamples,
} from "./trainingSet.ts";
