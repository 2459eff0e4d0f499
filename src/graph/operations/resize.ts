import { type HostTensor, tensor } from "../../tensor/hostTensor.ts";
import type { Sides } from "../attributes.ts";
import type { Node } from "../node.ts";
import { placeOf } from "../shapes.ts";
import { checkWhole } from "../windows/windows.ts";
import { resample } from "./resample.ts";

export interface ResizeOptions {
  /**
   * `bilinear` weighs the two nearest pixels along each side by how near they are; `nearest` takes
   * the pixel that begins at or before the new one. @default "bilinear"
   */
  readonly mode?: "bilinear" | "nearest";
  /**
   * What the old and the new image have in common: their `borders` (pixels are squares), or the
   * `centres` of their corner pixels. Bilinear only. @default "borders"
   */
  readonly align?: "borders" | "centres";
  /**
   * When shrinking, weigh all pixels that a new one covers, by a triangle as much wider. Bilinear
   * with aligned borders only. @default false
   */
  readonly antialias?: boolean;
}

/**
 * Images of another size, one side after the other.
 *
 * @param x    Has axes `height` and `width`; they stay where they are.
 * @param size Those of the result, at least 1.
 * @throws {RangeError} When a size is out of range, or options exclude each other.
 */
export function resize(x: Node, size: Sides<number>, options: ResizeOptions = {}): Node {
  return resizeSide(resizeSide(x, "width", size.width, options), "height", size.height, options);
}

function resizeSide(x: Node, side: keyof Sides<number>, to: number, options: ResizeOptions): Node {
  const { mode = "bilinear", align = "borders", antialias = false } = options;
  checkWhole("resize", "size", side, to, 1);
  if ((mode === "nearest" || align === "centres") && antialias) {
    throw new RangeError(
      `resize: expected antialias with bilinear and aligned borders, got ${mode} and ${align}.`,
    );
  }
  const from = x.axes[placeOf("resize", x, side)].size;
  checkWhole("resize", "size of x", side, from, 1);
  if (from === to) return x;
  return resample(x, side, interpolationWeights(from, to, { mode, align, antialias }));
}

/** The share of every old pixel in every new one, `[to, from]`; each row sums to one. */
function interpolationWeights(
  from: number,
  to: number,
  { mode, align, antialias }: Required<ResizeOptions>,
): HostTensor {
  const scale = from / to;
  const weights = new Float64Array(to * from);
  for (let row = 0; row < to; row++) {
    const own = weights.subarray(row * from, (row + 1) * from);
    if (mode === "nearest") own[Math.floor((row * from) / to)] = 1;
    else if (antialias) spreadTriangle(own, (row + 0.5) * scale - 0.5, Math.max(scale, 1));
    else if (align === "borders") spreadTriangle(own, (row + 0.5) * scale - 0.5, 1);
    else spreadTriangle(own, to === 1 ? 0 : (row * (from - 1)) / (to - 1), 1);
  }
  return tensor({ to, from }, weights);
}

/** Weigh pixels by a triangle around `centre` that reaches `reach` pixels to both sides. */
function spreadTriangle(weights: Float64Array, centre: number, reach: number): void {
  let total = 0;
  for (let pixel = 0; pixel < weights.length; pixel++) {
    const weight = Math.max(0, 1 - Math.abs(pixel - centre) / reach);
    weights[pixel] = weight;
    total += weight;
  }
  for (let pixel = 0; pixel < weights.length; pixel++) weights[pixel] /= total;
}
