import { expect, test } from "vitest";
import {
  AXES,
  decomposed,
  normal,
  type Operands,
  plainly,
  threeOf,
} from "../../../test/support/attentionOperands.ts";
import { gradientError, secondGradientError } from "../../../test/support/finiteDifferences.ts";
import {
  close,
  computed,
  numbers,
  numbersOf,
  PRECISIONS,
} from "../../../test/support/namedTensors.ts";
import { type HostTensor, type Sizes, tensor } from "../../tensor/hostTensor.ts";
import { gradient } from "../gradient.ts";
import { graph } from "../graph.ts";
import { interpret } from "../interpreter.ts";
import type { Node } from "../node.ts";
import { attention } from "./attention.ts";
import { attentionAdjoint } from "./attentionAdjoint.ts";
import { calculus } from "./calculus.ts";
import { constant } from "./constant.ts";
import { expand } from "./expand.ts";
import { logTotals } from "./logTotals.ts";
import { multiply } from "./multiply.ts";
import { sum } from "./sum.ts";

/** Sizes of operands that share batch axes, lack some, and have columns of every kind. */
const SHAPES: readonly {
  readonly what: string;
  readonly query: Sizes;
  readonly key: Sizes;
  readonly columns: Sizes;
  readonly batch: Sizes;
}[] = [
  {
    what: "matrices",
    query: { queries: 5, channels: 3 },
    key: { keys: 4, channels: 3 },
    columns: { valueChannels: 2 },
    batch: {},
  },
  {
    what: "a batch of heads, axes in another order",
    query: { heads: 2, queries: 5, batch: 2, channels: 3 },
    key: { channels: 3, batch: 2, keys: 4, heads: 2 },
    columns: { valueChannels: 2 },
    batch: { batch: 2, heads: 2 },
  },
  {
    what: "keys shared by the heads",
    query: { heads: 2, queries: 5, channels: 3 },
    key: { keys: 4, channels: 3 },
    columns: { height: 2, width: 2 },
    batch: {},
  },
  {
    what: "queries shared by the heads, no columns",
    query: { queries: 5, channels: 3 },
    key: { heads: 2, keys: 4, channels: 3 },
    columns: {},
    batch: { heads: 2 },
  },
  {
    what: "columns that are channels",
    query: { queries: 5, channels: 3 },
    key: { keys: 4, channels: 3 },
    columns: { channels: 3 },
    batch: {},
  },
];

function operandsOf({ query, key, columns, batch }: (typeof SHAPES)[number]): Operands {
  return {
    query: constant(normal(query, 1)),
    key: constant(normal(key, 2)),
    value: constant(normal({ ...batch, keys: 4, ...columns }, 3)),
    x: constant(normal({ ...columns, queries: 5, ...batch }, 4)),
  };
}

function inOrderOf(x: Node, like: Node): Node {
  return calculus.reorder(
    x,
    like.axes.map(({ name }) => name),
  );
}

test.each(SHAPES)(
  "attention, its adjoint and log totals of $what are what all weights give",
  (shapes) => {
    const operands = operandsOf(shapes);
    const expected = plainly(operands);
    threeOf(operands).forEach((node, i) => {
      const inOrder = inOrderOf(expected[i], node);
      for (const { precision, tolerance } of PRECISIONS) {
        const [ours, theirs] = [numbersOf(node, precision), numbersOf(inOrder, "float64")];
        expect(close(ours, theirs, 5 * tolerance)).toBe(true);
      }
      const plain = decomposed(node);
      expect(plain.axes).toEqual(node.axes);
      expect(close(numbersOf(plain), numbersOf(node), 1e-12)).toBe(true);
    });
  },
);

test.each(SHAPES)("gradients of $what are what finite differences say", (shapes) => {
  const { query, key, columns, batch } = shapes;
  const inputs = {
    query: normal(query, 1),
    key: normal(key, 2),
    value: normal({ ...batch, keys: 4, ...columns }, 3),
    x: normal({ ...columns, queries: 5, ...batch }, 4),
  };
  for (const at of [0, 1, 2]) {
    const error = gradientError(({ query, key, value, x }) => {
      return threeOf({ query, key, value, x })[at];
    }, inputs);
    // What central differences in double precision leave of a gradient of normal numbers.
    expect(error).toBeLessThan(1e-7);
  }
});

test.each([0, 1, 2])("gradients of gradients are what finite differences say (%i)", (at) => {
  const [shapes] = SHAPES;
  const inputs = {
    query: normal(shapes.query, 1),
    key: normal(shapes.key, 2),
    value: normal({ keys: 4, valueChannels: 2 }, 3),
    x: normal({ queries: 5, valueChannels: 2 }, 4),
  };
  const error = secondGradientError(({ query, key, value, x }) => {
    return threeOf({ query, key, value, x })[at];
  }, inputs);
  expect(error).toBeLessThan(1e-7);
});

test("weights of a row sum to one: attention of ones is ones", () => {
  const [query, key] = [
    normal({ queries: 5, channels: 3 }, 1),
    normal({ keys: 4, channels: 3 }, 2),
  ];
  const ones = expand(1, { keys: 4 });
  const out = attention(constant(query), constant(key), ones, AXES);
  expect(close(numbersOf(out), new Array(5).fill(1), 1e-15)).toBe(true);
});

test("⟨W v, x⟩ = ⟨v, Wᵀ x⟩", () => {
  for (const shapes of SHAPES) {
    const { query, key, value, x } = operandsOf(shapes);
    const all = (y: Node): Node => sum(y, ...y.axes.map(({ name }) => name));
    const forwards = all(multiply(attention(query, key, value, AXES), x));
    const backwards = all(multiply(attentionAdjoint(query, key, x, AXES), value));
    expect(close(numbersOf(forwards), numbersOf(backwards), 1e-13)).toBe(true);
  }
});

test("two keys, by hand: weights are 1 : e, totals log (1 + e)", () => {
  const query = numbers({ queries: 1, channels: 1 }, [1]);
  const key = numbers({ keys: 2, channels: 1 }, [0, 1]);
  const value = numbers({ keys: 2 }, [0, 1]);
  expect(numbersOf(attention(query, key, value, AXES))[0]).toBeCloseTo(Math.E / (1 + Math.E), 14);
  const adjoint = numbersOf(attentionAdjoint(query, key, numbers({ queries: 1 }, [2]), AXES));
  expect(adjoint[0]).toBeCloseTo(2 / (1 + Math.E), 14);
  expect(numbersOf(logTotals(query, key, AXES))[0]).toBeCloseTo(Math.log(1 + Math.E), 14);
});

test("logits of ten thousand, and a key 40 away in every channel, leave all numbers finite", () => {
  const channels = 4;
  const query = { ...normal({ queries: 6, channels }, 1) };
  const far = (by: number, seed: number): HostTensor => {
    const { axes, data } = normal({ keys: 5, channels }, seed);
    const moved = Float64Array.from(data, (each, i) => (i < channels ? each + by : each));
    return { axes, dtype: "float64", data: moved };
  };
  const value = normal({ keys: 5, valueChannels: 2 }, 3);
  const x = normal({ queries: 6, valueChannels: 2 }, 4);
  for (const key of [far(40, 2), far(1e4, 2)]) {
    const operands = {
      query: constant(query),
      key: constant(key),
      value: constant(value),
      x: constant(x),
    };
    for (const node of threeOf(operands)) {
      const loss = sum(multiply(node, node), ...node.axes.map(({ name }) => name));
      const { query: ofQuery, key: ofKey } = gradient(loss, operands);
      const all = interpret(graph({ node, ofQuery, ofKey }), {}, "float32");
      for (const { data } of Object.values(all)) expect(data.every(Number.isFinite)).toBe(true);
      expect(computed(decomposed(node), "float32").data.every(Number.isFinite)).toBe(true);
    }
  }
});

test("axes that are missing, or where they should not be, are named", () => {
  const query = constant(normal({ queries: 5, channels: 3 }, 1));
  const key = constant(normal({ keys: 4, channels: 3 }, 2));
  const value = constant(normal({ keys: 3, valueChannels: 2 }, 3));
  expect(() => attention(query, key, value, AXES)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: attention: axis "keys" is 4 in weights but 3 in value. If these are different axes, rename one of them first.]`,
  );
  expect(() => attention(query, key, query, AXES)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: attention: expected an axis "keys" in the input, got [queries 5, channels 3]. rename() gives an axis another name.]`,
  );
  expect(() => attentionAdjoint(query, key, value, AXES)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: attentionAdjoint: expected an axis "queries" in the input, got [keys 3, valueChannels 2]. rename() gives an axis another name.]`,
  );
  expect(() => logTotals(key, query, AXES)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: logTotals: expected an axis "queries" in the input, got [keys 4, channels 3]. rename() gives an axis another name.]`,
  );
  expect(() => logTotals(query, query, AXES)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: logTotals: expected an axis "keys" in the input, got [queries 5, channels 3]. rename() gives an axis another name.]`,
  );
  const whole = constant(tensor({ keys: 4, channels: 3 }, new Int32Array(12), "int32"));
  expect(() => logTotals(query, whole, AXES)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: logTotals: expected float, all of one kind, got float and int. Turn ints and bools into floats with toFloat().]`,
  );
});
