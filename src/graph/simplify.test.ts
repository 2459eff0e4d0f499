import { expect, test } from "vitest";
import { tensor } from "../tensor/hostTensor.ts";
import { gradient } from "./gradient.ts";
import { graph } from "./graph.ts";
import { interpret } from "./interpreter.ts";
import type { Node } from "./node.ts";
import { add } from "./operations/add.ts";
import { concat } from "./operations/concat.ts";
import { divide } from "./operations/divide.ts";
import { exp } from "./operations/exp.ts";
import { expand } from "./operations/expand.ts";
import { input } from "./operations/input.ts";
import { multiply } from "./operations/multiply.ts";
import { negate } from "./operations/negate.ts";
import { pad } from "./operations/pad.ts";
import { power } from "./operations/power.ts";
import { rename } from "./operations/rename.ts";
import { reorder } from "./operations/reorder.ts";
import { slice } from "./operations/slice.ts";
import { stopGradient } from "./operations/stopGradient.ts";
import { subtract } from "./operations/subtract.ts";
import { sum } from "./operations/sum.ts";
import { toFloat } from "./operations/toFloat.ts";

const X = input("x", { rows: 2, columns: 3 });

const NOTHING: readonly (readonly [string, (x: Node) => Node])[] = [
  ["adding 0", (x) => add(0, add(x, 0))],
  ["subtracting 0", (x) => subtract(x, 0)],
  ["multiplying by 1", (x) => multiply(1, multiply(x, 1))],
  ["dividing by 1", (x) => divide(x, 1)],
  ["the first power", (x) => power(x, 1)],
  ["negating twice", (x) => negate(negate(x))],
  ["making a float of a float", (x) => toFloat(x)],
  ["summing over nothing", (x) => sum(x)],
  ["renaming and back", (x) => rename(x, {})],
  ["reordering and back", (x) => reorder(reorder(x, ["columns", "rows"]), ["rows", "columns"])],
  ["the order it has", (x) => reorder(x, ["rows", "columns"])],
  ["repeating along nothing", (x) => expand(x, {})],
  ["a slice of it all", (x) => slice(x, "rows", 0, 2)],
  ["no padding", (x) => pad(x, "rows", 0, 0)],
  ["one part alone", (x) => concat([x], "rows")],
  ["stopping gradients", (x) => stopGradient(x)],
];

test.each(NOTHING)("%s is not computed", (_, change) => {
  const { outputs, order } = graph({ y: exp(change(X)) });
  expect(order.map(({ operation }) => operation)).toEqual(["input", "exp"]);
  expect(outputs["y"].axes).toEqual(X.axes);
});

test("what looks like nothing but adds an axis stays", () => {
  const zeros = input("zeros", { heads: 2 });
  const { outputs } = graph({ y: add(X, multiply(zeros, 0)), z: add(expand(0, { heads: 2 }), X) });
  expect(outputs["y"].axes.map(({ name }) => name)).toEqual(["rows", "columns", "heads"]);
  expect(outputs["z"].axes.map(({ name }) => name)).toEqual(["heads", "rows", "columns"]);
  expect(graph({ y: add(0, exp(1)) }).outputs["y"].operation).toBe("exp");
});

test("subtracting from 0 and dividing 1 are not nothing", () => {
  const made = graph({ a: subtract(0, X), b: divide(1, X) });
  const { a, b } = interpret(
    made,
    { x: tensor({ rows: 2, columns: 3 }, [1, 2, 4, 5, 8, 10]) },
    "float64",
  );
  expect(Array.from(a.data)).toEqual([-1, -2, -4, -5, -8, -10]);
  expect(Array.from(b.data)).toEqual([1, 0.5, 0.25, 0.2, 0.125, 0.1]);
});

test("gradients stop where they were told to, although the graph does not show it", () => {
  const x = input("x", {});
  const { dx } = gradient(multiply(x, stopGradient(x)), { dx: x });
  const { dx: value } = interpret(graph({ dx }), { x: tensor({}, [3]) }, "float64");
  expect(value.data[0]).toBe(3);
});

test("rules of gradients leave nothing behind that multiplies by 1", () => {
  const w = input("w", { columns: 3 });
  const { dw } = gradient(sum(multiply(X, w), "rows", "columns"), { dw: w });
  expect(graph({ dw }).order.map(({ operation }) => operation)).toEqual(["input", "sum"]);
});
