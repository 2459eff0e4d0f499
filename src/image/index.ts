export { type Components, type Connectivity, components } from "./components.ts";
export { fillHoles } from "./fillHoles.ts";
export { boundingBox, maskArea } from "./maskExtent.ts";
export { maskOfOutlines } from "./maskOfOutlines.ts";
export { type Corner, type Outline, outlines, type Ring } from "./outlines.ts";
export {
  type Mask,
  type Picture,
  type PixelPoint,
  type Plane,
  pixel,
  type Size,
} from "./pixels.ts";
export type { Rectangle } from "./rectangle.ts";
export { runLengthCounts, runLengthString } from "./runLengthString.ts";
export { maskOfRunLengths, type RunLengths, runLengths } from "./runLengths.ts";
export { simplifyRing } from "./simplifyRing.ts";
