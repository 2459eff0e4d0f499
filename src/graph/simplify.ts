/**
 * What an expression comes to without computing it: x + 0 is x, x · 1 is x, and what only rearranges
 * nothing is gone. Rules of gradients may therefore be written without looking for such cases.
 *
 * Values stay what they were to the last bit, but for the sign of zero.
 */

import { sameLayout } from "../tensor/layOut.ts";
import type { Node, NodeOf } from "./node.ts";
import type { OperationName } from "./vocabulary.ts";

/** What may stand for a node: one of its inputs, or something simpler. */
type Rules = { readonly [Name in OperationName]?: (node: NodeOf<Name>) => Node | undefined };

const RULES: Rules = {
  add: (node) => without(node, 0, "either"),
  subtract: (node) => without(node, 0, "right"),
  multiply: (node) => without(node, 1, "either"),
  divide: (node) => without(node, 1, "right"),
  power: (node) => without(node, 1, "right"),
  negate: ({ inputs: [x] }) => (x.operation === "negate" ? x.inputs[0] : undefined),
  toFloat: ({ inputs: [x] }) => (x.kind === "float" ? x : undefined),
  sum: ({ inputs: [x], attributes: { over } }) => (over.length === 0 ? x : undefined),
  largest: ({ inputs: [x], attributes: { over } }) => (over.length === 0 ? x : undefined),
  rename: (node) => unlessMoved(node),
  reorder: (node) => {
    const [x] = node.inputs;
    const from = x.operation === "reorder" ? x.inputs[0] : x;
    return sameAxes(node, from) ? from : from === x ? undefined : { ...node, inputs: [from] };
  },
  expand: (node) => unlessMoved(node),
  split: (node) => unlessMoved(node),
  merge: (node) => unlessMoved(node),
  slice: (node) => unlessMoved(node),
  pad: (node) => unlessMoved(node),
  concat: (node) => (node.inputs.length === 1 ? unlessMoved(node) : undefined),
  stopGradient: ({ inputs: [x] }) => x,
};

/** A node that has the same value, possibly the node itself. Its gradients need not be the same. */
export function simplify(node: Node): Node {
  return ruleFor(node.operation)?.(node) ?? node;
}

/** The table says which rule takes which node; here that is all one type. */
function ruleFor(name: OperationName): ((node: Node) => Node | undefined) | undefined {
  return RULES[name] as ((node: Node) => Node | undefined) | undefined;
}

/** The other operand, where one is a number that changes nothing. */
function without(node: Node, neutral: number, side: "either" | "right"): Node | undefined {
  const [a, b] = node.inputs;
  if (isNumber(b, neutral) && sameAxes(node, a)) return a;
  return side === "either" && isNumber(a, neutral) && sameAxes(node, b) ? b : undefined;
}

function isNumber(node: Node, number: number): boolean {
  if (node.operation !== "constant" || node.axes.length > 0) return false;
  return node.attributes.value.data[0] === number;
}

function unlessMoved(node: Node): Node | undefined {
  return sameAxes(node, node.inputs[0]) ? node.inputs[0] : undefined;
}

function sameAxes(a: Node, b: Node): boolean {
  return sameLayout(a.axes, b.axes) && a.axes.every(({ size }, i) => size === b.axes[i].size);
}
