import { copyBlocks } from "../kernels/copyBlocks.ts";
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
  onnx: ([x], { axes, attributes: { axis } }, write) => {
    const along = write.integers([axes.findIndex(({ name }) => name === axis)]);
    // From the last entry to one in front of the first, however far that is cut off.
    const [last, end, step] = [-1, Number.MIN_SAFE_INTEGER, -1].map((value) =>
      write.integers([value]),
    );
    return write.node("Slice", [x, last, end, along, step]);
  },
};

/** The tensor run through backwards along one axis. */
export function flip(x: Node, axis: string): Node {
  return apply(flipOperation, [x], { axis });
}
