/**
 * About what a first click would cut out: how well a value gets from the unit under the pointer to
 * each other one, by the best of all ways there,
 *
 *     p[k] = max over ways at → … → k of Π w[i,j],    w[i,j] = (s[i,j] / max_l s[l,j])^κ
 *
 * with s the closeness that values spread by. Inside of one thing every step is about 1, over an
 * edge it is small. No graph is run, so that a click never waits for it.
 *
 * @see walk.ts
 */

import type { PixelPoint, Plane, Size } from "../../image/pixels.ts";
import { placeIn } from "../../image/placeIn.ts";
import type { ColourEncoding } from "./encode.ts";

/** κ: with it the pixels above about 0.3 are those of the mask after one click, as near as this comes. */
const SPREAD = 0.4;

/** How a preview is asked again and again of one picture. */
export function previewer(encoding: ColourEncoding): (at: PixelPoint, size: Size) => Plane {
  const { units, tensors } = encoding;
  const count = units.width * units.height;
  const neighbours = tensors.neighbours.data;
  const steps = stepsOf(tensors.closeness.data, count);
  return (at, size) => {
    const column = placeIn(at.x, size.width, units.width);
    const row = placeIn(at.y, size.height, units.height);
    const data = new Float32Array(count);
    data[row * units.width + column] = 1;
    // Each round reaches at least one step further; most ways are found by the first few.
    for (let isDone = false; !isDone; ) {
      isDone = true;
      for (let i = 0; i < steps.length; i++) {
        const unit = i % count;
        const through = Math.fround(steps[i] * data[neighbours[i]]);
        if (through <= data[unit]) continue;
        data[unit] = through;
        isDone = false;
      }
    }
    return { ...units, data };
  };
}

/** w, `[near, units]`: 0 where there is no neighbour. */
function stepsOf(closeness: ArrayLike<number>, units: number): Float32Array {
  const most = new Float32Array(units);
  for (let i = 0; i < closeness.length; i++) {
    most[i % units] = Math.max(most[i % units], closeness[i]);
  }
  return Float32Array.from(closeness, (own, i) =>
    own > 0 ? (own / most[i % units]) ** SPREAD : 0,
  );
}
