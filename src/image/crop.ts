/** Parts of images. */

import type { Mask, Picture, Plane } from "./pixels.ts";
import { checkRectangle, type Rectangle } from "./rectangle.ts";

/**
 * @throws {RangeError} When the rectangle is not inside the picture.
 */
export function cropPicture(picture: Picture, part: Rectangle): Picture {
  const { width, height } = part;
  const data = new Uint8Array(width * height * 3);
  copyRows("cropPicture", picture, part, 3, data);
  return { width, height, data };
}

/**
 * @throws {RangeError} When the rectangle is not inside the plane.
 */
export function cropPlane(plane: Plane, part: Rectangle): Plane {
  const { width, height } = part;
  const data = new Float32Array(width * height);
  copyRows("cropPlane", plane, part, 1, data);
  return { width, height, data };
}

/**
 * @throws {RangeError} When the rectangle is not inside the mask.
 */
export function cropMask(mask: Mask, part: Rectangle): Mask {
  const { width, height } = part;
  const data = new Uint8Array(width * height);
  copyRows("cropMask", mask, part, 1, data);
  return { width, height, data };
}

function copyRows(
  who: string,
  from: Picture | Plane | Mask,
  part: Rectangle,
  channels: number,
  to: Uint8Array | Float32Array,
): void {
  checkRectangle(who, part, from);
  const length = part.width * channels;
  for (let y = 0; y < part.height; y++) {
    const start = ((part.top + y) * from.width + part.left) * channels;
    to.set(from.data.subarray(start, start + length), y * length);
  }
}
