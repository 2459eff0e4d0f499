/** What only Node can do: picture files to pixels, and files that are whole or not there. */

export { annotationFiles } from "./annotationFiles.ts";
export {
  type Conversion,
  type ConvertOptions,
  convertAnnotations,
} from "./convertAnnotations.ts";
export { dataFiles, dataRoot } from "./dataFiles.ts";
export { deviceFor } from "./deviceFor.ts";
export { fileProblem } from "./fileProblem.ts";
export { maskPathFor } from "./maskPath.ts";
export { type ModelIdentity, modelIdentity } from "./modelIdentity.ts";
export { loadOnnxRuntime, type OnnxRuntimePackage } from "./onnxRuntime.ts";
export {
  type DeviceName,
  deviceNames,
  type OnnxDeviceName,
  type OpenDeviceOptions,
  openDevice,
} from "./openDevice.ts";
export {
  isModelFile,
  isOnnx,
  isWeights,
  type OpenModelOptions,
  onnxDevice,
  openModel,
  openNetworkFile,
} from "./openModel.ts";
export { type OpenOnnxModelOptions, openOnnxModel } from "./openOnnxModel.ts";
export { readBytes } from "./readBytes.ts";
export { readMask } from "./readMask.ts";
export { type ReadPictureOptions, readPicture } from "./readPicture.ts";
export { recordWork } from "./recordedWork.ts";
export { type Replayed, type ReplayOptions, replayWork } from "./replayWork.ts";
export { type StagedFiles, type StageOptions, stagedFiles } from "./stagedFiles.ts";
export {
  checkWritable,
  type FileToWrite,
  removeHalfWritten,
  writeFileAtomically,
  writeFilesAtomically,
} from "./writeFiles.ts";
