export {
  type CocoAnnotation,
  type CocoCategory,
  type CocoDocument,
  type CocoImage,
  type CocoOptions,
  type CocoPolygons,
  type CocoRunLengths,
  cocoDocument,
  writeCoco,
} from "./coco.ts";
export { FormatError } from "./formatError.ts";
export { type FormatName, formatNames, formats, type MaskFormat } from "./formats.ts";
export { type GreyOptions, writeGreyPng } from "./greyPng.ts";
export { readIndexedPng, writeIndexedPng } from "./indexedPng.ts";
export { type Colour, drawingColour, labelColour } from "./labelColours.ts";
export { readMaskPng, writeMaskPng } from "./maskPng.ts";
export type { MaskAbout, NamedMask } from "./namedMask.ts";
export { type OverlayOptions, writeOverlayPng } from "./overlayPng.ts";
export { readRasterPng } from "./rasterPng.ts";
export { type ReadCocoOptions, readCoco } from "./readCoco.ts";
export { readMaskFile } from "./readMaskFile.ts";
export {
  readSafetensors,
  type Safetensors,
  type StoredDType,
  type StoredTensor,
  writeSafetensors,
} from "./safetensors.ts";
export { writeSvg } from "./svg.ts";
