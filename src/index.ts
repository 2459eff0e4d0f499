/**
 * Maskwise: cut objects out of images by saying what is where.
 *
 * This is the front door; everything here works in Node and in the browser.
 */

export {
  BACKGROUND,
  type Box,
  type Click,
  type Label,
  OBJECT,
  type Prompt,
  type Stroke,
} from "./clicks/index.ts";
export {
  type Annotated,
  type DataFolder,
  type DataSet,
  dataSetsIn,
  type Item,
  LeftOut,
  type Listing,
  loadObject,
  type ReaderName,
  type Scene,
  scene,
} from "./data/index.ts";
export {
  annotate,
  protocol,
  REPORT_FORMAT,
  REPORT_VERSION,
  type Report,
  reportSchema,
  type Sample,
  type SetReport,
  type Skipped,
  sampleOf,
  setReport,
  TARGETS,
} from "./evaluate/index.ts";
export {
  type Colour,
  drawingColour,
  FormatError,
  type FormatName,
  formatNames,
  formats,
  labelColour,
  type MaskAbout,
  type MaskFormat,
  type NamedMask,
  readMaskFile,
  readRasterPng,
} from "./formats/index.ts";
export {
  type Corner,
  type Mask,
  maskOfOutlines,
  type Outline,
  outlines,
  type Picture,
  type PixelPoint,
  type PixelSet,
  type Plane,
  parts,
  pixel,
  pixelSetOf,
  type Ring,
  type Size,
  simplifyRing,
} from "./image/index.ts";
export {
  type Belief,
  type Context,
  DEFAULT_MODEL,
  type EncoderOptions,
  type Encoding,
  isNetwork,
  type Model,
  type ModelName,
  modelNames,
  onnxModel,
  openModel,
  type Question,
  type ReadWeights,
} from "./models/index.ts";
export {
  type BindOptions,
  type Device,
  type DeviceTensor,
  interpreterDevice,
  type OrtDeviceOptions,
  type OrtModule,
  type OrtNetworkOptions,
  ortDevice,
  ortNetwork,
  type Program,
} from "./runtime/index.ts";
export * from "./session/index.ts";
export { randomNumbers } from "./tensor/index.ts";
