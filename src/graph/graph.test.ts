import { expect, test } from "vitest";
import { tensor } from "../tensor/hostTensor.ts";
import { graph } from "./graph.ts";
import { interpret } from "./interpreter.ts";
import type { Node } from "./node.ts";
import { add } from "./operations/add.ts";
import { constant } from "./operations/constant.ts";
import { exp } from "./operations/exp.ts";
import { input } from "./operations/input.ts";
import { multiply } from "./operations/multiply.ts";
import { negate } from "./operations/negate.ts";
import { pad } from "./operations/pad.ts";
import { rename } from "./operations/rename.ts";
import { subtract } from "./operations/subtract.ts";
import { sum } from "./operations/sum.ts";

function operationsOf({ order }: { order: readonly Node[] }): string[] {
  return order.map(({ operation }) => operation);
}

test("every node comes after its inputs", () => {
  const x = input("x", { keys: 2 });
  const y = exp(add(x, 1));
  const { order } = graph({ total: sum(multiply(y, subtract(y, x)), "keys"), y });
  order.forEach((node, i) => {
    for (const from of node.inputs) expect(order.indexOf(from)).toBeLessThan(i);
    expect(node.inputs.every((from) => order.includes(from))).toBe(true);
  });
});

test("what no output depends on is left out, inputs too", () => {
  const x = input("x", { keys: 2 });
  const unused = input("unused", { keys: 2 });
  exp(add(x, unused));
  const made = graph({ y: exp(x) });
  expect(operationsOf(made)).toEqual(["input", "exp"]);
  expect(Object.keys(made.inputs)).toEqual(["x"]);
});

test("the same expression written twice is computed once", () => {
  const write = (): Node => sum(multiply(exp(input("x", { keys: 2 })), 2), "keys");
  const made = graph({ a: write(), b: write(), twice: add(write(), write()) });
  expect([...operationsOf(made)].sort()).toEqual([
    "add",
    "constant",
    "exp",
    "input",
    "multiply",
    "sum",
  ]);
  expect(made.outputs["a"]).toBe(made.outputs["b"]);
});

test("expressions that differ in an input or attribute alone are kept apart", () => {
  const x = input("x", { rows: 2, columns: 2 });
  const pairs = [
    [sum(x, "rows"), sum(x, "columns")],
    [subtract(x, 1), subtract(1, x)],
    [multiply(x, 0), multiply(x, -0)],
    [multiply(x, 2), multiply(x, 3)],
    [pad(x, "rows", 1, 0, Infinity), pad(x, "rows", 1, 0, -Infinity)],
    [add(x, constant(tensor({}, [1]))), add(x, constant(tensor({ one: 1 }, [1])))],
  ];
  for (const [a, b] of pairs) {
    const { outputs } = graph({ a, b });
    expect(outputs["a"]).not.toBe(outputs["b"]);
  }
});

test("one array in two constants is one constant", () => {
  const data = Float64Array.of(1, 2, 3);
  const node = add(constant(tensor({ keys: 3 }, data)), constant(tensor({ keys: 3 }, data)));
  expect(operationsOf(graph({ node }))).toEqual(["constant", "add"]);
  const copy = add(constant(tensor({ keys: 3 }, data)), constant(tensor({ keys: 3 }, [...data])));
  expect(operationsOf(graph({ copy }))).toEqual(["constant", "constant", "add"]);
});

test("nodes are not changed by being put into a graph", () => {
  const node = add(exp(input("x", {})), exp(input("x", {})));
  const [left, right] = node.inputs;
  graph({ node });
  expect(node.inputs).toEqual([left, right]);
  expect(left).not.toBe(right);
});

test("a chain of a hundred thousand operations does not overflow the stack", () => {
  let node: Node = input("x", {});
  for (let i = 0; i < 100_000; i++) node = add(node, 1);
  const { node: value } = interpret(graph({ node }), { x: tensor({}, [0]) }, "float64");
  expect(value.data[0]).toBe(100_000);
});

test("an expression that doubles at every step does not take forever", () => {
  let node: Node = input("x", {});
  for (let i = 0; i < 60; i++) node = add(node, node);
  expect(graph({ node }).order).toHaveLength(61);
});

test("inputs and axes may be called what every object has", () => {
  const x = input("constructor", { valueOf: 2, keys: 1 });
  const built = graph({ y: rename(negate(x), { keys: "toString" }) });
  const given = { constructor: tensor({ valueOf: 2, keys: 1 }, [1, 2]) };
  const { y } = interpret(built, given, "float64");
  expect(y).toEqual(tensor({ valueOf: 2, toString: 1 }, [-1, -2]));
});

test("two inputs of one name that differ are refused", () => {
  const two = input("x", { keys: 2 });
  const three = input("x", { queries: 3 });
  expect(() => graph({ y: add(two, three) })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: graph: input "x" is float [queries 3] in one place and float [keys 2] in another. Give different inputs different names.]`,
  );
});

test("an input with a size that is no whole number is refused", () => {
  expect(() => input("x", { keys: 2.5 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: input "x": expected a whole size of at least 0 for axis "keys", got 2.5.]`,
  );
});
