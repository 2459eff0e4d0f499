/**
 * Parameters as plain data: a tree of names, at whose leaves is what is known of each. A layer says
 * with such a tree what it needs, and takes the same tree with nodes at the leaves.
 *
 *     const wanted = { layer: linearParameters({ from: 3, to: 2 }) };    // Tree<Parameter>
 *     const numbers = initialise(wanted, random);                        // { "layer.weight": … }
 *     const nodes = parameterNodes(wanted);                              // { layer: { weight: Node } }
 *     interpret(graph({ y: linear(x, nodes.layer) }), numbers, "float32");
 */

import type { Node } from "../graph/node.ts";
import { input } from "../graph/operations/input.ts";
import { axesOf, type HostTensor, type Sizes } from "../tensor/hostTensor.ts";
import type { Initialiser } from "./initialisers.ts";

/** What a layer says of one tensor it needs. */
export interface Parameter {
  readonly axes: Sizes;
  /** The numbers it begins with. */
  readonly initial: Initialiser;
  /** Whether it is learnt; running statistics are not, they are kept. */
  readonly learnt: boolean;
}

/** Things by name, in as many levels as wanted. (Types of trees are aliases: an interface has no names.) */
export type Tree<Leaf> = { readonly [name: string]: Leaf | Tree<Leaf> | undefined };

/** A tree of parameters with nodes in their place. */
export type NodesOf<Wanted> = Wanted extends Parameter
  ? Node
  : { readonly [Name in keyof Wanted]: NodesOf<Wanted[Name]> };

/** A parameter that is learnt. */
export function learnt(axes: Sizes, initial: Initialiser): Parameter {
  return { axes, initial, learnt: true };
}

/** A parameter that is kept: not learnt, but changed by running the network in training. */
export function kept(axes: Sizes, initial: Initialiser): Parameter {
  return { axes, initial, learnt: false };
}

/**
 * The same tree with a node for every parameter.
 *
 * @param nodeFor Makes it. For a network with known numbers: `(path) => constant(numbers[path])`.
 *                @default an input of the graph, named by the path
 */
export function parameterNodes<Wanted extends Tree<Parameter>>(
  wanted: Wanted,
  nodeFor: (path: string, parameter: Parameter) => Node = (path, { axes }) => input(path, axes),
): NodesOf<Wanted> {
  const nodes = mapLeaves(wanted, isParameter, (parameter, path) => nodeFor(path, parameter));
  // Every parameter became a node, and nothing else changed.
  return nodes as NodesOf<Wanted>;
}

/** The parameters of a tree by their paths, names joined with dots: `layer.weight`. */
export function parametersByPath(wanted: Tree<Parameter>): Readonly<Record<string, Parameter>> {
  return leavesByPath(wanted, isParameter);
}

/** The nodes of a tree by their paths, as `gradient` takes them and as their inputs are named. */
export function nodesByPath(nodes: Tree<Node>): Readonly<Record<string, Node>> {
  return leavesByPath(nodes, isNode);
}

/**
 * Numbers to begin with, by path; the same random numbers give the same.
 *
 * @param random Uniform in [0, 1).
 */
export function initialise(
  wanted: Tree<Parameter>,
  random: () => number,
): Readonly<Record<string, HostTensor>> {
  const numbers = Object.entries(parametersByPath(wanted)).map(([path, { axes, initial }]) => [
    path,
    initial(axesOf(path, axes), random),
  ]);
  return Object.fromEntries(numbers);
}

type IsLeaf<Leaf> = (value: Leaf | Tree<Leaf>) => value is Leaf;

const isParameter: IsLeaf<Parameter> = (value): value is Parameter =>
  typeof value["initial"] === "function";

const isNode: IsLeaf<Node> = (value): value is Node => typeof value["operation"] === "string";

function leavesByPath<Leaf extends object>(
  tree: Tree<Leaf>,
  isLeaf: IsLeaf<Leaf>,
): Readonly<Record<string, Leaf>> {
  const leaves: Record<string, Leaf> = {};
  mapLeaves(tree, isLeaf, (leaf, path) => {
    leaves[path] = leaf;
    return leaf;
  });
  return leaves;
}

function mapLeaves<From extends object, To>(
  tree: Tree<From>,
  isLeaf: IsLeaf<From>,
  make: (leaf: From, path: string) => To,
  path = "",
): Tree<To> {
  const mapped: Record<string, To | Tree<To>> = {};
  for (const [name, value] of Object.entries(tree)) {
    if (value === undefined) continue;
    mapped[name] = isLeaf(value)
      ? make(value, path + name)
      : mapLeaves(value, isLeaf, make, `${path}${name}.`);
  }
  return mapped;
}
