export {
  type Mask,
  type Picture,
  type PixelPoint,
  type Plane,
  pixel,
  type Size,
} from "./pixels.ts";
