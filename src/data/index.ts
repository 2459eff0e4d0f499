export { type Augmentation, augmentedDraw } from "./augment/augmented.ts";
export { damaged } from "./augment/damaged.ts";
export { type Collection, someOf } from "./collections/collection.ts";
export { collectionsIn } from "./collections/collectionsIn.ts";
export { type Drawn, drawObject, type Source, type Told } from "./collections/drawObject.ts";
export { heldOutRank } from "./collections/heldOut.ts";
export { type Annotated, type DataSet, type Item, LeftOut } from "./dataSet.ts";
export { dataSetsIn } from "./dataSets.ts";
export type { DataFolder, Edge, Listing, Raster } from "./edge.ts";
export {
  type EvaluationRow,
  type EvaluationSample,
  evaluationRows,
  evaluationSamples,
} from "./evaluationSet.ts";
export { loadObject } from "./loadObject.ts";
export {
  conventions,
  type SetName,
  truthOfLabel,
  undecidedBand,
  unitedObjects,
} from "./maskConventions.ts";
export { type ReaderName, readerNames, readers } from "./readers/table.ts";
export { type Scene, scene } from "./scene/scene.ts";
export {
  type TrainingKind,
  type TrainingRow,
  type TrainingSample,
  trainingRows,
  trainingSamples,
} from "./trainingSet.ts";
