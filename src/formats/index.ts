export type {
  AnnotationFormat,
  Holds,
  ImageInfo,
  ReadOptions,
  WriteOptions,
} from "./annotations/annotationFormat.ts";
export {
  type AnnotatedImage,
  type AnnotationSet,
  type Annotations,
  type Attributes,
  type AttributeValue,
  type BoxRegion,
  type Category,
  type Georeference,
  gathered,
  type Instance,
  type MaskRegion,
  type PointsRegion,
  type PolygonRegion,
  type Region,
} from "./annotations/annotations.ts";
export {
  type FileSource,
  filesInMemory,
  type OutputFile,
  whole,
  written,
} from "./annotations/files.ts";
export { imageInfos } from "./annotations/imageInfos.ts";
export { type Kept, whatWasKept } from "./annotations/kept.ts";
export { imageOfMask, labelMaskOf } from "./annotations/labelMask.ts";
export { oneRing } from "./annotations/oneRing.ts";
export { pictureSizes } from "./annotations/pictureSizes.ts";
export { areaOf, boxOf, maskOf, maskRegion, outlinesOf, runsOf } from "./annotations/region.ts";
export { checkRelativePath } from "./annotations/relativePath.ts";
export { packedMask, unpackedMask } from "./annotations/rlePack.ts";
export {
  type AnnotationFormatName,
  annotationFormatNames,
  annotationFormats,
  recognisedFormat,
} from "./annotations/table.ts";
export type { Work } from "./annotations/work.ts";
export { type XmlElement, xmlDocument } from "./annotations/xml.ts";
export { filesInZip, isZip, zipped } from "./annotations/zip.ts";
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
export { dicomSamples, isDicom } from "./samples/dicomSamples.ts";
export { pictureOfSamples, type Samples, type SampleWindow } from "./samples/samples.ts";
export {
  isTiff,
  type PageOptions,
  type TiffKind,
  tiffKind,
  tiffSamples,
} from "./samples/tiffSamples.ts";
export { writeSvg } from "./svg.ts";
