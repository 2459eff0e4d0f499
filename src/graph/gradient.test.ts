import { expect, test } from "vitest";
import {
  gradientError,
  type Nodes,
  secondGradientError,
} from "../../test/support/finiteDifferences.ts";
import {
  bools,
  computed,
  ints,
  normalTensor,
  numbers,
  numbersOf,
} from "../../test/support/namedTensors.ts";
import type { Sizes } from "../tensor/hostTensor.ts";
import { axesOf, tensor } from "../tensor/hostTensor.ts";
import { gradient } from "./gradient.ts";
import { graph } from "./graph.ts";
import type { Node } from "./node.ts";
import { abs } from "./operations/abs.ts";
import { add } from "./operations/add.ts";
import { concat } from "./operations/concat.ts";
import { contract } from "./operations/contract.ts";
import { divide } from "./operations/divide.ts";
import { exp } from "./operations/exp.ts";
import { expand } from "./operations/expand.ts";
import { flip } from "./operations/flip.ts";
import { gather } from "./operations/gather.ts";
import { input } from "./operations/input.ts";
import { largest } from "./operations/largest.ts";
import { less } from "./operations/less.ts";
import { log } from "./operations/log.ts";
import { logSumExp } from "./operations/logSumExp.ts";
import { maximum } from "./operations/maximum.ts";
import { mean } from "./operations/mean.ts";
import { merge } from "./operations/merge.ts";
import { minimum } from "./operations/minimum.ts";
import { multiply } from "./operations/multiply.ts";
import { negate } from "./operations/negate.ts";
import { pad } from "./operations/pad.ts";
import { power } from "./operations/power.ts";
import { rename } from "./operations/rename.ts";
import { reorder } from "./operations/reorder.ts";
import { scatterAdd } from "./operations/scatterAdd.ts";
import { sigmoid } from "./operations/sigmoid.ts";
import { slice } from "./operations/slice.ts";
import { softmax } from "./operations/softmax.ts";
import { split } from "./operations/split.ts";
import { sqrt } from "./operations/sqrt.ts";
import { square } from "./operations/square.ts";
import { stopGradient } from "./operations/stopGradient.ts";
import { subtract } from "./operations/subtract.ts";
import { sum } from "./operations/sum.ts";
import { tanh } from "./operations/tanh.ts";
import { toFloat } from "./operations/toFloat.ts";
import { where } from "./operations/where.ts";

/** What central differences in double precision leave of a gradient of normal numbers. */
const TOLERANCE = 1e-7;

interface GradientCase {
  readonly what: string;
  readonly inputs: Readonly<Record<string, Sizes>>;
  readonly build: (nodes: Nodes) => Node;
}

const PAIR = { a: { queries: 3, channels: 2 }, b: { channels: 2, heads: 2 } };
const BESIDE = { a: { queries: 3 }, b: {} };
const X = { x: { queries: 3, keys: 4 } };
const GRID = { x: { heads: 2, height: 3, width: 4 } };
const positive = (x: Node): Node => add(square(x), 0.5);
const ALLOWED = bools({ queries: 3, heads: 2, keys: 4 }, [
  ...[true, false, true, true, false, true, true, false, true, true, true, true],
  ...[false, false, false, false, true, true, false, true, true, false, false, false],
]);

const CASES: readonly GradientCase[] = [
  { what: "add", inputs: PAIR, build: ({ a, b }) => square(add(a, b)) },
  { what: "add a number", inputs: BESIDE, build: ({ a, b }) => square(add(a, b)) },
  { what: "subtract", inputs: PAIR, build: ({ a, b }) => square(subtract(a, b)) },
  { what: "multiply", inputs: PAIR, build: ({ a, b }) => multiply(a, b) },
  { what: "divide", inputs: PAIR, build: ({ a, b }) => divide(a, positive(b)) },
  { what: "power", inputs: PAIR, build: ({ a, b }) => power(positive(a), b) },
  { what: "power of what may be 0", inputs: X, build: ({ x }) => power(x, 3) },
  { what: "maximum", inputs: PAIR, build: ({ a, b }) => square(maximum(a, b)) },
  { what: "minimum", inputs: PAIR, build: ({ a, b }) => square(minimum(a, b)) },
  { what: "negate", inputs: X, build: ({ x }) => square(negate(x)) },
  { what: "exp", inputs: X, build: ({ x }) => exp(x) },
  { what: "log", inputs: X, build: ({ x }) => log(positive(x)) },
  { what: "sqrt", inputs: X, build: ({ x }) => sqrt(positive(x)) },
  { what: "abs", inputs: X, build: ({ x }) => multiply(abs(x), x) },
  { what: "tanh", inputs: X, build: ({ x }) => tanh(x) },
  { what: "sigmoid", inputs: X, build: ({ x }) => sigmoid(multiply(x, 3)) },
  { what: "toFloat", inputs: X, build: ({ x }) => square(toFloat(x)) },
  { what: "where", inputs: PAIR, build: ({ a, b }) => square(where(less(0, b), a, b)) },
  {
    what: "where, repeated along axes of the condition",
    inputs: BESIDE,
    build: ({ a, b }) => square(where(bools({ heads: 3 }, [true, false, true]), a, b)),
  },
  { what: "sum", inputs: GRID, build: ({ x }) => square(sum(x, "width", "heads")) },
  { what: "mean", inputs: GRID, build: ({ x }) => square(mean(x, "height")) },
  { what: "largest", inputs: GRID, build: ({ x }) => square(largest(x, "height", "heads")) },
  {
    what: "contract",
    inputs: { a: { heads: 2, queries: 3, channels: 4 }, b: { channels: 4, keys: 5, heads: 2 } },
    build: ({ a, b }) => square(contract(a, b, "channels")),
  },
  {
    what: "contract over several axes, and over all",
    inputs: { a: { heads: 2, queries: 3, channels: 4 }, b: { channels: 4, heads: 2, queries: 3 } },
    build: ({ a, b }) =>
      multiply(
        contract(a, b, "channels", "queries"),
        contract(a, b, "heads", "queries", "channels"),
      ),
  },
  {
    what: "contract over nothing",
    inputs: PAIR,
    build: ({ a, b }) => square(contract(a, b)),
  },
  { what: "softmax", inputs: X, build: ({ x }) => softmax(x, "keys") },
  { what: "softmax, first axis", inputs: X, build: ({ x }) => softmax(x, "queries") },
  {
    what: "softmax over what is allowed",
    inputs: X,
    build: ({ x }) => softmax(x, "keys", ALLOWED),
  },
  { what: "logSumExp", inputs: X, build: ({ x }) => square(logSumExp(x, "keys")) },
  {
    what: "logSumExp over what is allowed",
    inputs: X,
    build: ({ x }) => {
      const total = logSumExp(x, "keys", ALLOWED);
      return square(where(less(-Infinity, total), total, 0));
    },
  },
  { what: "rename", inputs: X, build: ({ x }) => multiply(x, rename(x, { keys: "units" })) },
  {
    what: "rename, exchanged",
    inputs: { x: { queries: 3, keys: 3 } },
    build: ({ x }) => multiply(x, rename(x, { keys: "queries", queries: "keys" })),
  },
  { what: "reorder", inputs: GRID, build: ({ x }) => square(reorder(x, ["width", "heads"])) },
  {
    what: "split",
    inputs: { x: { tokens: 6, channels: 2 } },
    build: ({ x }) => square(sum(split(x, "tokens", { height: 2, width: 3 }), "height")),
  },
  { what: "merge", inputs: GRID, build: ({ x }) => square(merge(x, ["width", "heads"], "both")) },
  { what: "merge nothing", inputs: X, build: ({ x }) => square(merge(x, [], "one")) },
  { what: "slice", inputs: GRID, build: ({ x }) => square(slice(x, "width", 1, 3)) },
  { what: "pad", inputs: GRID, build: ({ x }) => square(pad(x, "height", 1, 2, 5)) },
  {
    what: "concat",
    inputs: { a: { height: 2, width: 3 }, b: { height: 1 }, c: { heads: 2, height: 2 } },
    build: ({ a, b, c }) => square(concat([a, b, c], "height")),
  },
  { what: "flip", inputs: GRID, build: ({ x }) => multiply(x, flip(x, "width")) },
  { what: "expand", inputs: X, build: ({ x }) => square(expand(x, { heads: 3 })) },
  { what: "gather one", inputs: X, build: ({ x }) => square(gather(x, "keys", 2)) },
  {
    what: "gather, some twice",
    inputs: X,
    build: ({ x }) => square(gather(x, "keys", ints({ clicks: 3 }, [1, 1, 3]))),
  },
  {
    what: "gather into an axis of the same name",
    inputs: X,
    build: ({ x }) => square(gather(x, "keys", ints({ keys: 2 }, [3, 0]))),
  },
  {
    what: "gather by batch",
    inputs: X,
    build: ({ x }) =>
      square(gather(x, "keys", ints({ queries: 3, clicks: 2 }, [0, 1, 3, 3, 2, 0]))),
  },
  {
    what: "scatterAdd",
    inputs: X,
    build: ({ x }) => square(scatterAdd(x, "units", ints({ keys: 4 }, [1, 0, 1, 4]), 5)),
  },
  {
    what: "scatterAdd by batch",
    inputs: X,
    build: ({ x }) => {
      const places = ints({ queries: 3, keys: 4 }, [0, 1, 0, 1, 2, 2, 2, 2, 0, 1, 2, 0]);
      return square(scatterAdd(x, "units", places, 3, { batch: ["queries"] }));
    },
  },
];

function inputsOf({ inputs }: GradientCase) {
  const entries = Object.entries(inputs).map(([name, sizes], i) => {
    return [name, normalTensor(axesOf(name, sizes), 5 + i)] as const;
  });
  return Object.fromEntries(entries);
}

test.each(CASES)("the gradient of $what is what moving its inputs a little says", (each) => {
  expect(gradientError(each.build, inputsOf(each))).toBeLessThan(TOLERANCE);
});

test.each(CASES)("so is the gradient of the gradient of $what", (each) => {
  expect(secondGradientError(each.build, inputsOf(each))).toBeLessThan(TOLERANCE);
});

test("a chain of everything adds up over every way to the loss", () => {
  const build = ({ x, w }: Nodes): Node => {
    const hidden = tanh(contract(x, w, "channels"));
    const weights = softmax(contract(hidden, rename(hidden, { queries: "keys" }), "units"), "keys");
    return contract(weights, rename(x, { queries: "keys" }), "keys");
  };
  const inputs = {
    x: normalTensor(axesOf("x", { queries: 4, channels: 3 }), 1),
    w: normalTensor(axesOf("w", { channels: 3, units: 5 }), 2),
  };
  expect(gradientError(build, inputs)).toBeLessThan(TOLERANCE);
  expect(secondGradientError(build, inputs)).toBeLessThan(TOLERANCE);
});

test("a gradient has its parameter's axes in their order, even where it is one number", () => {
  const x = input("x", { queries: 2, keys: 3 });
  const { dx } = gradient(sum(x, "keys", "queries"), { dx: x });
  const { data, axes } = computedWith(dx, [1, 2, 3, 4, 5, 6]);
  expect(axes).toEqual(x.axes);
  expect(Array.from(data)).toEqual([1, 1, 1, 1, 1, 1]);
});

function computedWith(node: Node, x: readonly number[]) {
  const given = { x: tensor({ queries: 2, keys: 3 }, x) };
  const needed = graph({ node });
  return computed(replaced(needed.outputs["node"], given.x.data));
}

function replaced(node: Node, data: ArrayLike<number>): Node {
  if (node.operation === "input") return numbers({ queries: 2, keys: 3 }, Array.from(data));
  return { ...node, inputs: node.inputs.map((each) => replaced(each, data)) } as Node;
}

test("what a loss does not depend on has gradient zero", () => {
  const [x, y] = [input("x", { keys: 2 }), input("y", { keys: 2 })];
  const { y: dy } = gradient(sum(x, "keys"), { y });
  expect(Array.from(computed(dy).data)).toEqual([0, 0]);
  const { x: dx } = gradient(sum(stopGradient(x), "keys"), { x });
  expect(Array.from(computed(dx).data)).toEqual([0, 0]);
});

test("an input that is written twice is one parameter", () => {
  const loss = sum(multiply(input("x", { keys: 2 }), input("x", { keys: 2 })), "keys");
  const { x } = gradient(loss, { x: input("x", { keys: 2 }) });
  const twice = graph({ x });
  expect(twice.inputs["x"].axes).toEqual([{ name: "keys", size: 2 }]);
});

test("gradients of anything in between can be asked for", () => {
  const x = numbers({ keys: 2 }, [3, 4]);
  const y = square(x);
  const { y: dy, x: dx } = gradient(sum(square(y), "keys"), { x, y });
  expect(Array.from(computed(dy).data)).toEqual([18, 32]);
  expect(Array.from(computed(dx).data)).toEqual([108, 256]);
});

test("nothing is computed that no one asked for", () => {
  const [x, w] = [input("x", { channels: 3 }), input("w", { channels: 3 })];
  const { w: dw } = gradient(sum(multiply(x, w), "channels"), { w });
  // ∂(x·w)/∂w is x: the loss itself is not there.
  expect(graph({ dw }).order.map(({ operation }) => operation)).not.toContain("sum");
});

test("a relu is flat at 0", () => {
  const x = numbers({ keys: 3 }, [-1, 0, 2]);
  const { x: dx } = gradient(sum(maximum(x, 0), "keys"), { x });
  expect(Array.from(computed(dx).data)).toEqual([0, 0, 1]);
});

test("entries that share the largest share its gradient", () => {
  const x = numbers({ keys: 4 }, [1, 3, 3, 0]);
  const { x: dx } = gradient(largest(x, "keys"), { x });
  expect(Array.from(computed(dx).data)).toEqual([0, 0.5, 0.5, 0]);
});

test("a loss with axes, and what is no float, is refused with the cure", () => {
  const x = input("x", { keys: 2 });
  expect(() => gradient(x, { x })).toThrow(/without axes, got \[keys 2\]. sum\(\) adds/);
  expect(() => gradient(sum(x, "keys"), { n: input("n", {}, "int") })).toThrow(
    /parameter "n" to be float, got int/,
  );
});

test("the power 0 is flat, also at 0, and so is its slope", () => {
  const a = numbers({ keys: 3 }, [0, 2, -1]);
  const once = gradient(sum(power(a, numbers({ keys: 3 }, [0, 0, 0])), "keys"), { a }).a;
  expect(numbersOf(once)).toEqual([0, 0, 0]);
  const line = gradient(sum(square(power(a, numbers({ keys: 3 }, [1, 1, 1]))), "keys"), { a }).a;
  expect(numbersOf(gradient(sum(line, "keys"), { a }).a)).toEqual([2, 2, 2]);
  expect(numbersOf(gradient(sum(once, "keys"), { a }).a)).toEqual([0, 0, 0]);
});
