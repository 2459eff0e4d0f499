export { applyGuided } from "./applyGuided.ts";
export { areaAverage, areaAveragePicture } from "./areaAverage.ts";
export { boxBlur, gaussianBlur } from "./blur.ts";
export { type Components, type Connectivity, components } from "./components.ts";
export { cropMask, cropPicture, cropPlane } from "./crop.ts";
export { dropIslands } from "./dropIslands.ts";
export { fillHoles } from "./fillHoles.ts";
export { grow } from "./grow.ts";
export {
  type Coefficients,
  type Guide,
  type GuideOptions,
  guide,
  guidedCoefficients,
} from "./guidedFilter.ts";
export { type LabPlanes, labPlanes } from "./lab.ts";
export { mapInto } from "./mapInto.ts";
export { boundingBox, maskArea } from "./maskExtent.ts";
export { maskOfOutlines } from "./maskOfOutlines.ts";
export { type Corner, type Outline, outlines, type Ring } from "./outlines.ts";
export { parts } from "./parts.ts";
export { checkPixelSet, type PixelSet, pixelSetOf, pixelsOfSet } from "./pixelSet.ts";
export {
  type Mask,
  type Picture,
  type PixelPoint,
  type Plane,
  pixel,
  type Size,
} from "./pixels.ts";
export type { Rectangle } from "./rectangle.ts";
export { resizeMask, resizePicture, resizePlane } from "./resize.ts";
export { runLengthCounts, runLengthString } from "./runLengthString.ts";
export { maskOfRunLengths, type RunLengths, runLengths } from "./runLengths.ts";
export { simplifyRing } from "./simplifyRing.ts";
export { smooth } from "./smooth.ts";
export {
  type DistanceOptions,
  type SquaredDistances,
  squaredDistances,
} from "./squaredDistances.ts";
export { lightOfSrgb, srgbOfLight } from "./srgb.ts";
export { UNSURE, withUnsure } from "./unsure.ts";
