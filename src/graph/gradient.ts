/**
 * Reverse mode: gradients of a graph are graphs.
 *
 *     ∂loss/∂x = Σ over the operations that read x of  ∂loss/∂output · ∂output/∂x
 *
 * taken from the loss backwards. Every operation's rule is written in other operations, so gradients
 * have gradients; only what lies between the parameters and the loss is visited.
 */

import { type Axis, describeAxes, ShapeError } from "../tensor/hostTensor.ts";
import { shareExpressions } from "./graph.ts";
import type { Node, NodeOf } from "./node.ts";
import { add } from "./operations/add.ts";
import { calculus } from "./operations/calculus.ts";
import { constant } from "./operations/constant.ts";
import { expand } from "./operations/expand.ts";
import { multiply } from "./operations/multiply.ts";
import { reorder } from "./operations/reorder.ts";
import { sum } from "./operations/sum.ts";
import { operations } from "./operations/table.ts";
import { hasAxis } from "./shapes.ts";
import type { OperationName } from "./vocabulary.ts";

/**
 * The gradient of a loss with respect to each of the parameters.
 *
 *     const { weight } = gradient(loss, { weight: input("weight", { channels: 3 }) });
 *
 * @param loss       A float without axes; `sum()` makes one.
 * @param parameters Float nodes by any name: inputs, or anything the loss is made of.
 * @returns By the same names, each with the axes of its parameter in their order; zeros for one
 *   that the loss does not depend on.
 * @throws {ShapeError} When the loss has axes.
 * @throws {TypeError} When the loss or a parameter is not float.
 */
export function gradient<Name extends string>(
  loss: Node,
  parameters: Readonly<Record<Name, Node>>,
): Readonly<Record<Name, Node>> {
  if (loss.axes.length > 0) {
    throw new ShapeError(
      `gradient: expected a loss without axes, got ${describeAxes(loss.axes)}. ` +
        `sum() adds its entries up.`,
    );
  }
  checkFloat("the loss", loss);
  const names = Object.keys(parameters) as Name[];
  for (const name of names) checkFloat(`parameter "${name}"`, parameters[name]);
  // What is written twice is one thing here too: a parameter named anew is the same parameter.
  const wanted = names.map((name) => parameters[name]);
  const { order, standIn } = shareExpressions([loss, ...wanted]);
  const same = (node: Node): Node => standIn.get(node) ?? node;
  const gradients = backwards(order, same(loss), wanted.map(same));
  const results = names.map((name): [Name, Node] => {
    const found = gradients.get(same(parameters[name])) ?? constant(0);
    return [name, inFull(found, parameters[name].axes)];
  });
  return Object.fromEntries(results) as Record<Name, Node>;
}

function checkFloat(role: string, { kind }: Node): void {
  if (kind === "float") return;
  throw new TypeError(
    `gradient: expected ${role} to be float, got ${kind}. Only floats have gradients.`,
  );
}

/** Gradients of everything between the parameters and the loss; they may lack axes. */
function backwards(
  order: readonly Node[],
  loss: Node,
  parameters: readonly Node[],
): ReadonlyMap<Node, Node> {
  const depends = new Set<Node>(parameters);
  for (const node of order) {
    if (node.kind === "float" && node.inputs.some((input) => depends.has(input))) depends.add(node);
  }
  const gradients = new Map<Node, Node>([[loss, constant(1)]]);
  for (const node of order.toReversed()) {
    const upstream = gradients.get(node);
    if (upstream === undefined || !depends.has(node)) continue;
    const partials = partialsOf(node, upstream);
    node.inputs.forEach((input, i) => {
      const partial = partials[i];
      if (partial === undefined || !depends.has(input)) return;
      const own = overAxesOf(input, partial, spreadOver(node));
      const before = gradients.get(input);
      gradients.set(input, before === undefined ? own : add(before, own));
    });
  }
  return gradients;
}

function partialsOf<Name extends OperationName>(
  node: NodeOf<Name> & Node,
  upstream: Node,
): readonly (Node | undefined)[] {
  const { entrywise = false, gradient: rule } = operations[node.operation as Name];
  const given = entrywise ? upstream : inFull(upstream, node.axes);
  return rule(node.inputs, node, given, calculus);
}

/** Axes along which a rule's answer may be the same and therefore not be there. */
function spreadOver({ operation, axes }: Node): readonly Axis[] {
  return operations[operation].entrywise === true ? axes : [];
}

/**
 * A partial derivative with no axes but its input's: summed over all others, those along which it
 * is the same included.
 */
function overAxesOf(input: Node, partial: Node, spread: readonly Axis[]): Node {
  const extra = partial.axes.filter(({ name }) => !hasAxis(input, name)).map(({ name }) => name);
  let times = 1;
  for (const { name, size } of spread) {
    if (!hasAxis(input, name) && !hasAxis(partial, name)) times *= size;
  }
  const summed = extra.length > 0 ? sum(partial, ...extra) : partial;
  return times === 1 ? summed : multiply(summed, times);
}

/** A tensor with all these axes, in their order, repeated along those it lacks. */
function inFull(x: Node, axes: readonly Axis[]): Node {
  const missing = axes.filter(({ name }) => !hasAxis(x, name));
  const full = missing.length === 0 ? x : expand(x, sizesOf(missing));
  const order = axes.map(({ name }) => name);
  const inOrder = order.every((name, i) => full.axes[i].name === name);
  return inOrder ? full : reorder(full, order);
}

function sizesOf(axes: readonly Axis[]): Readonly<Record<string, number>> {
  return Object.fromEntries(axes.map(({ name, size }) => [name, size]));
}
