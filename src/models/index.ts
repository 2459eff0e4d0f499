export { colourModel } from "./colour/colour.ts";
export { COLOUR, type ColourConstants } from "./colour/constants.ts";
export type { EncoderOptions } from "./encoder/encoderOptions.ts";
export type { Explanation, Source } from "./explanation.ts";
export { grabCutModel, type OpenCv, type OpenCvMatrix } from "./grabCut/grabCut.ts";
export type { Belief, Context, Encoding, Model, Question } from "./model.ts";
export {
  CONFIGURATIONS,
  type ConfigurationName,
  type NetworkConfiguration,
} from "./network/configuration.ts";
export { type ExportedNetwork, exportNetwork } from "./network/exportNetwork.ts";
export { fromMobileNet } from "./network/fromMobileNet.ts";
export { network } from "./network/network.ts";
export { type NetworkFile, readNetworkFile, writeNetworkFile } from "./network/networkFile.ts";
export { networkModel } from "./network/networkModel.ts";
export { onnxModel } from "./onnx/onnxModel.ts";
export { type PeerName, peerNames, peers } from "./peers.ts";
export { randomWalkerModel } from "./randomWalker/randomWalker.ts";
export {
  DEFAULT_MODEL,
  isNetwork,
  type ModelName,
  modelNames,
  openModel,
  type ReadWeights,
} from "./table.ts";
