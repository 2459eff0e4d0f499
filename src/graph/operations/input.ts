import { axesOf, type Sizes } from "../../tensor/hostTensor.ts";
import type { NodeOf } from "../node.ts";
import { apply, type Operation } from "../operation.ts";
import type { Kind } from "../vocabulary.ts";

/** A tensor handed in when the graph is run; whoever runs the graph puts it in its place. */
export const inputOperation: Operation<"input"> = {
  name: "input",
  shape: (_, { axes, kind }) => ({ axes, kind }),
  evaluate: (_, { name }) => {
    throw new TypeError(`input: expected "${name}" to be handed in when the graph is run.`);
  },
  gradient: () => [],
  onnx: (_, { attributes: { name } }) => name,
};

/**
 * A tensor that is handed in, under this name, when the graph is run.
 *
 * @param sizes Its axes, in the order of its layout.
 * @param kind  @default "float"
 */
export function input(name: string, sizes: Sizes, kind: Kind = "float"): NodeOf<"input"> {
  return apply(inputOperation, [], { name, axes: axesOf(`input "${name}"`, sizes), kind });
}
