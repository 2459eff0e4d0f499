/**
 * About what a first click would cut out, from what the network has seen already: pixels that it holds
 * for alike to the one pointed at, in the projections that it compares clicks in,
 *
 *     p[x] = Σ_heads exp(−α/2 ‖f[x] − f[at]‖²) / heads
 *
 * on the grid at the deep stride. Nothing is run, so that a click never waits for it.
 *
 * @see clickMaps.ts, `likeness`.
 */

import type { PixelPoint, Plane, Size } from "../../image/pixels.ts";
import { placeIn } from "../../image/placeIn.ts";
import type { HostTensor } from "../../tensor/hostTensor.ts";
import type { Numbers } from "./networkGraphs.ts";

/** α of the deep comparison, by head. */
export function likenessPrecisions(numbers: Numbers): readonly number[] {
  const raw = numbers["interaction.precision.deep"];
  return raw ? Array.from(raw.data, (value) => Math.log1p(Math.exp(value))) : [];
}

/** @param size Of the picture. */
export function previewAt(
  at: PixelPoint,
  size: Size,
  seen: Numbers,
  precisions: readonly number[],
): Plane {
  const features = seen["deepAlike"];
  const [heads, parts, height, width] = ["heads", "parts", "height", "width"].map((name) =>
    sizeOf(features, name),
  );
  const column = placeIn(at.x, size.width, width);
  const row = placeIn(at.y, size.height, height);
  const pixels = height * width;
  const data = new Float32Array(pixels);
  for (let head = 0; head < heads; head++) {
    const squares = new Float32Array(pixels);
    for (let part = 0; part < parts; part++) {
      const start = (head * parts + part) * pixels;
      const own = features.data[start + row * width + column];
      for (let i = 0; i < pixels; i++) squares[i] += (features.data[start + i] - own) ** 2;
    }
    for (let i = 0; i < pixels; i++) {
      data[i] += Math.exp((-precisions[head] / 2) * squares[i]) / heads;
    }
  }
  return { width, height, data };
}

function sizeOf({ axes }: HostTensor, name: string): number {
  return axes.find((axis) => axis.name === name)?.size ?? 1;
}
