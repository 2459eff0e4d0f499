/** The part of run lengths inside a rectangle as pixels, and back: large images, small objects. */

import type { Mask, Size } from "./pixels.ts";
import type { Rectangle } from "./rectangle.ts";
import type { RunLengths } from "./runLengths.ts";

/** The smallest rectangle around the pixels inside, `undefined` where there are none. */
export function runLengthsBox({ height, counts }: RunLengths): Rectangle | undefined {
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  let at = 0;
  counts.forEach((count, i) => {
    if (i % 2 === 1 && count > 0) {
      const last = at + count - 1;
      const [first, end] = [Math.floor(at / height), Math.floor(last / height)];
      left = Math.min(left, first);
      right = end;
      // A run that goes over to the next column touches both borders.
      top = Math.min(top, end > first ? 0 : at % height);
      bottom = Math.max(bottom, end > first ? height - 1 : last % height);
    }
    at += count;
  });
  if (right === -1) return undefined;
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** The pixels in a rectangle, 1 inside. */
export function runLengthsPart({ height, counts }: RunLengths, box: Rectangle): Mask {
  const data = new Uint8Array(box.width * box.height);
  let at = 0;
  counts.forEach((count, i) => {
    if (i % 2 === 1) {
      for (let pixel = at; pixel < at + count; pixel++) {
        const x = Math.floor(pixel / height) - box.left;
        const y = (pixel % height) - box.top;
        if (x >= 0 && x < box.width && y >= 0 && y < box.height) data[y * box.width + x] = 1;
      }
    }
    at += count;
  });
  return { width: box.width, height: box.height, data };
}

/** The runs of a part of an image that is empty around it: what is not 0 in the part is inside. */
export function runLengthsAt(part: Mask, box: Rectangle, { width, height }: Size): RunLengths {
  const counts: number[] = [];
  let before = 0;
  let start = -1;
  for (let x = 0; x < box.width; x++) {
    const column = (box.left + x) * height + box.top;
    for (let y = 0; y < box.height; y++) {
      const inside = part.data[y * box.width + x] !== 0;
      if (inside && start === -1) start = column + y;
      if (!inside && start !== -1) {
        counts.push(start - before, column + y - start);
        before = column + y;
        start = -1;
      }
    }
    // Below the box there is nothing, unless the next column goes on at once.
    const end = column + box.height;
    if (start !== -1 && box.height < height) {
      counts.push(start - before, end - start);
      before = end;
      start = -1;
    }
  }
  if (start !== -1) {
    const end = (box.left + box.width) * height;
    counts.push(start - before, end - start);
    before = end;
  }
  if (before < width * height) counts.push(width * height - before);
  return { width, height, counts };
}
