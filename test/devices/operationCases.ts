/**
 * Random uses of every operation: a node over inputs, and tensors for these. What devices are
 * compared on with the interpreter.
 */

import fc from "fast-check";
import {
  abs,
  add,
  and,
  attention,
  attentionAdjoint,
  concat,
  constant,
  contract,
  divide,
  equal,
  exp,
  expand,
  flip,
  gather,
  input,
  type Kind,
  largest,
  less,
  lessOrEqual,
  log,
  logSumExp,
  logTotals,
  maximum,
  merge,
  minimum,
  multiply,
  type Node,
  negate,
  not,
  type OperationName,
  or,
  pad,
  power,
  rename,
  reorder,
  scatterAdd,
  slice,
  softmax,
  split,
  sqrt,
  stopGradient,
  subtract,
  sum,
  tanh,
  toFloat,
  where,
} from "../../src/graph/index.ts";
import {
  type Axis,
  type HostTensor,
  type Sizes,
  sizeOf,
  tensor,
} from "../../src/tensor/hostTensor.ts";
import { arbitraryTensors } from "../support/namedTensors.ts";

/** A node, and tensors for the inputs it is made of. */
export interface OperationCase {
  readonly node: Node;
  readonly inputs: Readonly<Record<string, HostTensor>>;
}

const kinds: readonly Kind[] = ["float", "int", "bool"];

/** Picks some of a list, the same ones each time. */
type Choose = (from: readonly Axis[]) => string[];

/**
 * A node over tensors of these kinds.
 *
 * @param must Axes that all of them have, with at least one entry.
 */
function on(
  takes: readonly Kind[],
  make: (inputs: readonly Node[], choose: Choose) => Node,
  must: readonly string[] = [],
): fc.Arbitrary<OperationCase> {
  const arbitraryOrder = fc.array(fc.nat(), { minLength: 4, maxLength: 4 });
  return fc.tuple(arbitraryTensors(takes.length, must), arbitraryOrder).map(([tensors, order]) => {
    const inputs = Object.fromEntries(
      tensors.map((values, i) => [`x${i}`, asKind(values, takes[i])]),
    );
    const nodes = tensors.map(({ axes }, i) => input(`x${i}`, sizesOf(axes), takes[i]));
    const choose: Choose = (from) =>
      from
        .map(({ name }, i) => ({ name, rank: order[i % order.length] }))
        .filter(({ rank }) => rank % 2 === 0)
        .sort((a, b) => a.rank - b.rank)
        .map(({ name }) => name);
    return { node: make(nodes, choose), inputs };
  });
}

function pairs(
  operation: (a: Node, b: Node) => Node,
  ...takes: readonly Kind[]
): readonly fc.Arbitrary<OperationCase>[] {
  return takes.map((kind) => on([kind, kind], ([a, b]) => operation(a, b)));
}

function asKind({ axes, data }: HostTensor, kind: Kind): HostTensor {
  if (kind === "float") return { axes, dtype: "float32", data: Float32Array.from(data) };
  if (kind === "int") return { axes, dtype: "int32", data: Int32Array.from(data, (x) => 3 * x) };
  return { axes, dtype: "bool", data: Uint8Array.from(data, (x) => Number(x > 0)) };
}

function sizesOf(axes: readonly Axis[]): Sizes {
  return Object.fromEntries(axes.map(({ name, size }) => [name, size]));
}

function sharedAxes(a: Node, b: Node): readonly Axis[] {
  return a.axes.filter(({ name }) => b.axes.some((axis) => axis.name === name));
}

function sizeOfAxis({ axes }: Node, axis: string): number {
  return sizeOf(axes.filter(({ name }) => name === axis));
}

function part(size: number, choose: Choose): [number, number] {
  const [from] = choose([{ name: "", size }]).map(() => 1);
  return [Math.min(from ?? 0, size), size];
}

/** Ints brought between 0 and a size, exclusive. */
function within(indices: Node, size: number): Node {
  return minimum(abs(indices), size - 1);
}

/** Adds up along "keys", with its other axes shared in batches. */
function scatterCase([x, i]: readonly Node[]): Node {
  const batch = sharedAxes(x, i).filter(({ name }) => name !== "keys");
  const extra = i.axes.filter(({ name }) => !x.axes.some((axis) => axis.name === name));
  const full = expand(x, sizesOf(extra));
  return scatterAdd(full, "keys", within(i, 4), 4, { batch: batch.map(({ name }) => name) });
}

const ATTENTION = { rows: "queries", keys: "keys", channels: "channels" };

/** A use of attention with and without axes that only some operands have. */
function onAttention(
  make: (query: Node, key: Node, value: Node, x: Node) => Node,
): readonly fc.Arbitrary<OperationCase>[] {
  const names = ["queries", "keys", "channels"];
  const operands = ([query, key, value, x]: readonly Node[]): Node =>
    make(
      firstAlong(query, "keys"),
      firstAlong(key, "queries"),
      firstAlong(value, "queries"),
      rename(firstAlong(x, "keys"), { channels: "columns" }),
    );
  return [on(["float", "float", "float", "float"], operands, names)];
}

/** The first entry along an axis, which is gone. */
function firstAlong(x: Node, name: string): Node {
  return sum(slice(x, name, 0, 1), name);
}

/** By operation; several where it does several things. */
export const operationCases: {
  readonly [Name in OperationName]?: readonly fc.Arbitrary<OperationCase>[];
} = {
  input: [on(["float"], ([x]) => x), on(["bool"], ([x]) => x)],
  constant: [on([], () => constant(tensor({ keys: 2 }, [1, -Infinity])))],
  add: pairs(add, "float", "int"),
  subtract: pairs(subtract, "float", "int"),
  multiply: pairs(multiply, "float", "int"),
  divide: pairs(divide, "float"),
  power: [on(["float", "float"], ([x, y]) => power(abs(x), y))],
  maximum: [
    ...pairs(maximum, "float", "int"),
    on(["float"], ([x]) => maximum(x, 0)),
    on(["float"], ([x]) => maximum(0, x)),
  ],
  minimum: pairs(minimum, "float", "int"),
  negate: [on(["float"], ([x]) => negate(x)), on(["int"], ([x]) => negate(x))],
  exp: [on(["float"], ([x]) => exp(x))],
  log: [on(["float"], ([x]) => log(abs(x)))],
  sqrt: [on(["float"], ([x]) => sqrt(x))],
  abs: [on(["float"], ([x]) => abs(x)), on(["int"], ([x]) => abs(x))],
  tanh: [on(["float"], ([x]) => tanh(x))],
  equal: pairs(equal, "float", "int"),
  less: pairs(less, "float", "int"),
  lessOrEqual: pairs(lessOrEqual, "float", "int"),
  and: pairs(and, "bool"),
  or: pairs(or, "bool"),
  not: [on(["bool"], ([x]) => not(x))],
  where: kinds.map((kind) => on(["bool", kind, kind], ([c, a, b]) => where(c, a, b))),
  toFloat: kinds.map((kind) => on([kind], ([x]) => toFloat(x))),
  sum: (["float", "int"] as const).map((kind) =>
    on([kind], ([x], choose) => sum(x, ...choose(x.axes))),
  ),
  largest: [
    on(["float"], ([x], choose) => largest(x, ...choose(x.axes))),
    on(["int"], ([x], choose) => largest(x, ...choose(x.axes.filter(({ size }) => size > 0)))),
  ],
  contract: [
    on(["float", "float"], ([a, b], choose) => contract(a, b, ...choose(sharedAxes(a, b)))),
    on(["float", "float"], ([a, b]) => contract(a, b, "keys"), ["keys"]),
  ],
  softmax: [
    on(["float"], ([x]) => softmax(x, "keys"), ["keys"]),
    on(["float", "bool"], ([x, allowed]) => softmax(x, "keys", allowed), ["keys"]),
    on(["float", "bool"], ([x, some]) => softmax(where(some, x, -Infinity), "keys"), ["keys"]),
  ],
  logSumExp: [
    on(["float"], ([x]) => logSumExp(x, "keys"), ["keys"]),
    on(["float", "bool"], ([x, allowed]) => logSumExp(x, "keys", allowed), ["keys"]),
    on(["float", "bool"], ([x, some]) => logSumExp(where(some, x, -Infinity), "keys"), ["keys"]),
    on(["float"], ([x]) => logSumExp(slice(x, "keys", 0, 0), "keys"), ["keys"]),
  ],
  attention: onAttention((query, key, value) => attention(query, key, value, ATTENTION)),
  attentionAdjoint: onAttention((query, key, _, x) => attentionAdjoint(query, key, x, ATTENTION)),
  logTotals: [
    ...onAttention((query, key) => logTotals(query, key, ATTENTION)),
    ...onAttention((query, key) => logTotals(query, slice(key, "keys", 0, 0), ATTENTION)),
  ],
  rename: [on(["int"], ([x]) => rename(x, { keys: "tokens" }), ["keys"])],
  reorder: kinds.map((kind) => on([kind], ([x], choose) => reorder(x, choose(x.axes)))),
  split: [
    on(["float"], ([x]) => split(x, "keys", { one: 1, rest: sizeOfAxis(x, "keys") }), ["keys"]),
  ],
  merge: kinds.map((kind) => on([kind], ([x], choose) => merge(x, choose(x.axes), "all"))),
  slice: kinds.map((kind) =>
    on([kind], ([x], choose) => slice(x, "keys", ...part(sizeOfAxis(x, "keys"), choose)), ["keys"]),
  ),
  concat: kinds.map((kind) =>
    on([kind, kind, kind], ([a, b, c]) => concat([a, slice(b, "keys", 0, 0), c], "keys"), ["keys"]),
  ),
  gather: [
    on(["float", "int"], ([x, i]) => gather(x, "keys", within(i, sizeOfAxis(x, "keys"))), ["keys"]),
    on(
      ["bool", "int"],
      ([x, i]) => gather(x, "keys", rename(within(i, sizeOfAxis(x, "keys")), { keys: "clicks" })),
      ["keys"],
    ),
  ],
  scatterAdd: [
    on(["float", "int"], scatterCase, ["keys"]),
    on(["int", "int"], scatterCase, ["keys"]),
  ],
  flip: kinds.map((kind) => on([kind], ([x]) => flip(x, "keys"), ["keys"])),
  pad: kinds.map((kind) => on([kind], ([x]) => pad(x, "keys", 1, 2, 1), ["keys"])),
  expand: kinds.map((kind) => on([kind], ([x]) => expand(x, { times: 3, one: 1 }))),
  stopGradient: [on(["float"], ([x]) => stopGradient(x))],
};
