/** Layers run by themselves: with the numbers they begin with, on images of normal numbers. */

import type { Node } from "../../src/graph/node.ts";
import { constant } from "../../src/graph/operations/constant.ts";
import { input } from "../../src/graph/operations/input.ts";
import {
  initialise,
  type NodesOf,
  type Parameter,
  parameterNodes,
  parametersByPath,
  type Tree,
} from "../../src/nn/parameters.ts";
import { axesOf, type HostTensor, type Sizes } from "../../src/tensor/hostTensor.ts";
import { randomNumbers } from "../../src/tensor/random.ts";
import { gradientError, type Nodes } from "./finiteDifferences.ts";
import { computed, normalTensor } from "./namedTensors.ts";

/** An image of normal numbers. */
export function randomImage(sizes: Sizes, seed = 1): Node {
  return constant(normalTensor(axesOf("image", sizes), seed));
}

/** A tree of parameters with the numbers it begins with, as constants. */
export function begun<Wanted extends Tree<Parameter>>(wanted: Wanted, seed = 1): NodesOf<Wanted> {
  const numbers = initialise(wanted, randomNumbers(seed));
  return parameterNodes(wanted, (path) => constant(numbers[path]));
}

/** The answer of a layer whose parameters have the numbers they begin with. */
export function runLayer<Wanted extends Tree<Parameter>>(
  wanted: Wanted,
  build: (parameters: NodesOf<Wanted>) => Node,
): HostTensor {
  return computed(build(begun(wanted)));
}

/** The largest error of the gradients of a layer, by its parameters that are learnt. */
export function layerGradientError<Wanted extends Tree<Parameter>>(
  wanted: Wanted,
  build: (parameters: NodesOf<Wanted>) => Node,
): number {
  const all = Object.entries(parametersByPath(wanted));
  const numbers = all.map(([path, { axes }], i) => [path, normalTensor(axesOf(path, axes), i)]);
  const known = initialise(wanted, randomNumbers(1));
  const learnt = all.filter((each) => each[1].learnt).map(([path]) => path);
  const inputs = Object.fromEntries(numbers.filter(([path]) => learnt.includes(path as string)));
  return gradientError((nodes: Nodes) => {
    const nodeFor = (path: string, { axes, learnt: isLearnt }: Parameter): Node =>
      isLearnt ? (nodes[path] ?? input(path, axes)) : constant(known[path]);
    return build(parameterNodes(wanted, nodeFor));
  }, inputs);
}
