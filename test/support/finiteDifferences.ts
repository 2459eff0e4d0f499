/** Gradients checked against what they say: how much a loss changes when a number moves a little. */

import { gradient } from "../../src/graph/gradient.ts";
import { graph } from "../../src/graph/graph.ts";
import { interpret } from "../../src/graph/interpreter.ts";
import type { Node } from "../../src/graph/node.ts";
import { add } from "../../src/graph/operations/add.ts";
import { constant } from "../../src/graph/operations/constant.ts";
import { input } from "../../src/graph/operations/input.ts";
import { multiply } from "../../src/graph/operations/multiply.ts";
import { sum } from "../../src/graph/operations/sum.ts";
import type { HostTensor } from "../../src/tensor/hostTensor.ts";
import { normalTensor } from "./namedTensors.ts";

/** Half the width of a central difference: its error, and that of rounding, are near 1e-10. */
const STEP = 1e-5;

/** The inputs of a function under test, as nodes. */
export type Nodes = Readonly<Record<string, Node>>;

type Numbers = Readonly<Record<string, HostTensor>>;

/**
 * The largest difference, relative to the size of the gradient and at least 1, between the gradient
 * of a random combination of a function's entries and central differences of it.
 *
 * @param build  The function, smooth at these numbers.
 * @param inputs Float64 numbers; each gets its gradient.
 */
export function gradientError(build: (nodes: Nodes) => Node, inputs: Numbers): number {
  const nodes = nodesFor(inputs);
  const loss = randomCombination(build(nodes), 17);
  return worstError(loss, nodes, inputs);
}

/** The same for the gradient itself, as a function of the inputs: gradients of gradients. */
export function secondGradientError(build: (nodes: Nodes) => Node, inputs: Numbers): number {
  const nodes = nodesFor(inputs);
  const first = gradient(randomCombination(build(nodes), 17), nodes);
  const combined = Object.values(first).map((each, i) => randomCombination(each, 23 + i));
  const loss = combined.reduce((a, b) => add(a, b));
  return worstError(loss, nodes, inputs);
}

function nodesFor(inputs: Numbers): Nodes {
  const entries = Object.entries(inputs).map(([name, { axes }]) => {
    const sizes = Object.fromEntries(axes.map((axis) => [axis.name, axis.size]));
    return [name, input(name, sizes)] as const;
  });
  return Object.fromEntries(entries);
}

function randomCombination(x: Node, seed: number): Node {
  const weights = constant(normalTensor(x.axes, seed));
  return sum(multiply(x, weights), ...x.axes.map(({ name }) => name));
}

function worstError(loss: Node, nodes: Nodes, inputs: Numbers): number {
  const gradients = interpret(graph(gradient(loss, nodes)), inputs, "float64");
  const value = graph({ loss });
  const lossAt = (moved: Numbers): number => interpret(value, moved, "float64")["loss"].data[0];
  let scale = 1;
  for (const { data } of Object.values(gradients)) {
    for (const each of data) scale = Math.max(scale, Math.abs(each));
  }
  let worst = 0;
  for (const [name, tensor] of Object.entries(inputs)) {
    for (let i = 0; i < tensor.data.length; i++) {
      const at = (by: number): number => {
        const data = Float64Array.from(tensor.data);
        data[i] += by;
        return lossAt({ ...inputs, [name]: { ...tensor, data } });
      };
      const difference = (at(STEP) - at(-STEP)) / (2 * STEP);
      const error = Math.abs(gradients[name].data[i] - difference) / scale;
      if (!(error <= worst)) worst = error;
    }
  }
  return worst;
}
