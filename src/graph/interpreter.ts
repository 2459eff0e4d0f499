/**
 * The interpreter: every operation by its own plain evaluation, one after the other. It is the
 * definition of right that all other ways to run a graph are measured against.
 */

import {
  type DType,
  type HostTensor,
  sizeOf,
  type TensorData,
  toDType,
} from "../tensor/hostTensor.ts";
import { givenFor } from "./checkInput.ts";
import type { Graph } from "./graph.ts";
import { type SpareArrays, spareArrays, WORTH_KEEPING } from "./kernels/spareArrays.ts";
import type { Node, NodeOf } from "./node.ts";
import type { Target } from "./operation.ts";
import { operations } from "./operations/table.ts";
import { keptIn, type OperationName } from "./vocabulary.ts";

/** What the floats of a run are kept in. Sums and products of matrices are taken in doubles. */
export type Precision = "float64" | "float32";

/**
 * Compute the outputs of a graph.
 *
 * @param inputs    One tensor for every input of the graph, with its axes in its order. Floats are
 *                  converted to the precision where they do not have it.
 * @param precision What floats are kept in, the outputs included.
 * @returns The outputs by name. They may share memory with the inputs: treat both as read-only.
 * @throws {TypeError} When an input is missing or holds another kind.
 * @throws {ShapeError} When an input has other axes than the graph was made for.
 * @throws {RangeError} When an index points outside its axis.
 */
export function interpret(
  graph: Graph,
  inputs: Readonly<Record<string, HostTensor>>,
  precision: Precision,
): Readonly<Record<string, HostTensor>> {
  const { steps, outputs, isLarge } = planOf(graph, precision);
  const values: (HostTensor | undefined)[] = new Array(steps.length);
  const arrays = isLarge ? spareArrays() : undefined;
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at];
    const { node, done, target, constant } = step;
    const given = node.operation === "input" ? givenInput(node, inputs, target.dtype) : constant;
    if (given === undefined) {
      values[at] = evaluateStep(step, values, arrays);
    } else {
      values[at] = given;
      arrays?.holdForeign(given);
    }
    for (let i = 0; i < done.length; i++) {
      arrays?.release(known(values[done[i]]));
      values[done[i]] = undefined;
    }
  }
  const results: Record<string, HostTensor> = {};
  for (const [name, at] of outputs) results[name] = known(values[at]);
  return results;
}

/** Compute one step from the values before it, in an array that is no longer needed if there is one. */
function evaluateStep(
  { node, from, target, length }: Step,
  values: readonly (HostTensor | undefined)[],
  arrays: SpareArrays | undefined,
): HostTensor {
  const inputs = new Array<HostTensor>(from.length);
  for (let i = 0; i < from.length; i++) inputs[i] = known(values[from[i]]);
  if (arrays === undefined || length < WORTH_KEEPING) return evaluate(node, inputs, target);
  const spare = arrays.take(target.dtype, length);
  const value = evaluate(node, inputs, target, spare);
  arrays.hold(value);
  if (spare !== undefined && spare !== value.data) arrays.giveBack(target.dtype, spare);
  return value;
}

interface Step {
  readonly node: Node;
  readonly target: Target;
  /** How many numbers the result has. */
  readonly length: number;
  /** Which steps made the inputs. */
  readonly from: readonly number[];
  /** Which steps' results nobody needs after this one. */
  readonly done: readonly number[];
  /** The result, where it is known beforehand: of constants, and of what is made of them alone. */
  readonly constant: HostTensor | undefined;
}

interface Plan {
  readonly steps: readonly Step[];
  /** Whether there are arrays worth keeping for other steps. */
  readonly isLarge: boolean;
  /** Which step makes which output. */
  readonly outputs: readonly (readonly [string, number])[];
}

/** Plans are made once per graph and precision, and live as long as the graph. */
const plans: Readonly<Record<Precision, WeakMap<Graph, Plan>>> = {
  float64: new WeakMap(),
  float32: new WeakMap(),
};

function planOf(graph: Graph, precision: Precision): Plan {
  const known = plans[precision].get(graph);
  if (known !== undefined) return known;
  const plan = makePlan(graph, precision);
  plans[precision].set(graph, plan);
  return plan;
}

function makePlan({ order, outputs }: Graph, precision: Precision): Plan {
  const at = new Map(order.map((node, i) => [node, i]));
  const stepOf = (node: Node): number => at.get(node) ?? -1;
  const lastUse = new Map<Node, number>();
  order.forEach((node, i) => {
    for (const used of [node, ...node.inputs]) lastUse.set(used, i);
  });
  for (const node of Object.values(outputs)) lastUse.delete(node);
  const done: number[][] = order.map(() => []);
  for (const [node, last] of lastUse) done[last].push(stepOf(node));
  const constants: (HostTensor | undefined)[] = [];
  const steps = order.map((node, i): Step => {
    const target: Target = { axes: node.axes, dtype: keptIn(node.kind, precision) };
    const from = node.inputs.map(stepOf);
    const step = { node, target, length: sizeOf(node.axes), from, done: done[i] };
    const known = from.map((at) => constants[at]);
    const isFixed = node.operation !== "input" && step.length <= WORTH_KEEPING;
    if (node.operation === "constant" || (isFixed && known.every((each) => each !== undefined))) {
      constants[i] = evaluate(
        node,
        known.filter((each) => each !== undefined),
        target,
      );
    }
    return { ...step, constant: constants[i] };
  });
  return {
    steps,
    isLarge: steps.some(({ length }) => length >= WORTH_KEEPING),
    outputs: Object.entries(outputs).map(([name, node]) => [name, stepOf(node)]),
  };
}

function evaluate<Name extends OperationName>(
  node: NodeOf<Name>,
  inputs: readonly HostTensor[],
  target: Target,
  spare?: TensorData,
): HostTensor {
  return operations[node.operation].evaluate(inputs, node.attributes, target, spare);
}

function givenInput(
  node: NodeOf<"input">,
  inputs: Readonly<Record<string, HostTensor>>,
  dtype: DType,
): HostTensor {
  const { data } = givenFor("interpret", node, inputs);
  return { axes: node.axes, dtype, data: toDType(data, dtype) };
}

/** Every step comes after the steps it reads, so their values are there. */
function known(value: HostTensor | undefined): HostTensor {
  if (value === undefined) throw new TypeError("interpret: expected a graph made by graph().");
  return value;
}
