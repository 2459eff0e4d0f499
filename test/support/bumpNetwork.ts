/** A network to try files of networks with: bumps around the clicks, on how bright the picture is. */

import {
  add,
  constant,
  divide,
  exp,
  type Graph,
  graph,
  input,
  mean,
  multiply,
  negate,
  reorder,
  slice,
  square,
  subtract,
  sum,
  tensor,
} from "../../src/graph/index.ts";
import type { Size } from "../../src/image/index.ts";

/** Squared, in pixels: how far a bump reaches. */
const REACH = 64;

/**
 * `logits`, of `image`, `clicks` and `previous`:
 *
 *     4 (brightness − 0.4) + previous + 4 Σ_k s_k exp(−‖x − x_k‖² / 64)
 *
 * where s is 1 for an object click, −1 for a background click, 0 for a row without a click (−1).
 *
 * @param clicks How many rows of clicks it takes.
 */
export function bumpNetwork({ width, height }: Size, clicks: number): Graph {
  const image = input("image", { batch: 1, channels: 3, height, width });
  const previous = input("previous", { batch: 1, one: 1, height, width });
  const said = input("clicks", { batch: 1, clicks, parts: 3 });
  const part = (index: number) => sum(slice(said, "parts", index, index + 1), "parts");
  const label = part(2);
  const sign = add(multiply(square(label), 1.5), subtract(divide(label, 2), 1));
  const count = (size: number) => Float32Array.from({ length: size }, (_, i) => i);
  const down = constant(tensor({ height }, count(height)));
  const across = constant(tensor({ width }, count(width)));
  const distance = add(square(subtract(part(0), down)), square(subtract(part(1), across)));
  const bumps = sum(multiply(sign, exp(negate(divide(distance, REACH)))), "clicks");
  const brightness = multiply(4, subtract(mean(image, "channels"), 0.4));
  const logits = add(add(previous, brightness), multiply(4, bumps));
  return graph({ logits: reorder(logits, ["batch", "one", "height", "width"]) });
}
