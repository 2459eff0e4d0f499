import { describeAxes, ShapeError } from "../../tensor/hostTensor.ts";
import type { Node } from "../node.ts";
import { apply, type Operation } from "../operation.ts";
import { checkAxes, checkDistinct, placeOf } from "../shapes.ts";
import { reorder } from "./reorder.ts";

export const mergeOperation: Operation<"merge"> = {
  name: "merge",
  shape: ([x], { axes: merged, into }) => {
    const place = merged.length === 0 ? x.axes.length : placeOf("merge", x, merged[0]);
    if (merged.some((name, i) => x.axes[place + i]?.name !== name)) {
      throw new ShapeError(
        `merge: expected [${merged.join(", ")}] side by side in the input, ` +
          `got ${describeAxes(x.axes)}. Use reorder() first.`,
      );
    }
    let size = 1;
    for (let i = 0; i < merged.length; i++) size *= x.axes[place + i].size;
    const axes = [
      ...x.axes.slice(0, place),
      { name: into, size },
      ...x.axes.slice(place + merged.length),
    ];
    checkDistinct(
      "merge",
      axes.map(({ name }) => name),
    );
    return { axes, kind: x.kind };
  },
  evaluate: ([{ data }], _, { axes, dtype }) => ({ axes, dtype, data }),
  gradient: ([x], { attributes: { axes, into } }, upstream, { split }) => {
    const sizes = x.axes.filter(({ name }) => axes.includes(name));
    return [split(upstream, into, Object.fromEntries(sizes.map(({ name, size }) => [name, size])))];
  },
  onnx: ([x], { axes }, write) =>
    write.reshaped(
      x,
      axes.map(({ size }) => size),
    ),
};

/**
 * Read several axes as one, the last named running fastest:
 * `merge(x, ["height", "width"], "tokens")`. The new axis stands where the first of them stood;
 * axes that do not lie side by side in this order are brought together first. Merging no axes
 * adds one of size 1 at the end.
 */
export function merge(x: Node, axes: readonly string[], into: string): Node {
  checkAxes("merge", x, axes);
  const order: string[] = [];
  const first = x.axes.find(({ name }) => axes.includes(name));
  for (const axis of x.axes) {
    if (axis === first) order.push(...axes);
    else if (!axes.includes(axis.name)) order.push(axis.name);
  }
  const inPlace = order.every((name, i) => x.axes[i].name === name);
  return apply(mergeOperation, [inPlace ? x : reorder(x, order)], { axes, into });
}
