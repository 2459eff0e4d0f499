import { copyBlocks } from "../copyBlocks.ts";
import type { Node } from "../node.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { around, placeOf } from "../shapes.ts";

export const flipOperation: Operation<"flip"> = {
  name: "flip",
  shape: ([x], { axis }) => {
    placeOf("flip", x, axis);
    return x;
  },
  evaluate: ([x], { axis }, target, spare) => {
    const { outer, size, inner } = around(x.axes, axis);
    const out = arrayFor(target, spare);
    for (let o = 0; o < outer; o++) {
      const last = (o * size + size - 1) * inner;
      copyBlocks(out, o * size * inner, inner, x.data, last, -inner, inner, size);
    }
    return { ...target, data: out };
  },
  gradient: (_, { attributes: { axis } }, upstream, { flip }) => [flip(upstream, axis)],
};

/** The tensor run through backwards along one axis. */
export function flip(x: Node, axis: string): Node {
  return apply(flipOperation, [x], { axis });
}
