import fc from "fast-check";
import { expect, test } from "vitest";
import {
  arbitraryTensors,
  at,
  close,
  computed,
  ints,
  normalTensor,
  numbers,
  numbersOf,
  PRECISIONS,
  tensorOf,
} from "../../../test/support/namedTensors.ts";
import type { HostTensor } from "../../tensor/hostTensor.ts";
import { randomNumbers } from "../../tensor/random.ts";
import { constant } from "./constant.ts";
import { gather } from "./gather.ts";
import { multiply } from "./multiply.ts";
import { scatterAdd } from "./scatterAdd.ts";
import { sum } from "./sum.ts";

test("picking rows of a table", () => {
  const x = numbers({ tokens: 3, channels: 2 }, [1, 2, 3, 4, 5, 6]);
  const picked = computed(gather(x, "tokens", ints({ clicks: 4 }, [2, 0, 0, 1])));
  expect(picked.axes.map(({ name }) => name)).toEqual(["clicks", "channels"]);
  expect(Array.from(picked.data)).toEqual([5, 6, 1, 2, 1, 2, 3, 4]);
});

test("a single index takes its axis away", () => {
  const x = numbers({ tokens: 2, channels: 2 }, [1, 2, 3, 4]);
  const row = computed(gather(x, "tokens", 1));
  expect(row.axes.map(({ name }) => name)).toEqual(["channels"]);
  expect(Array.from(row.data)).toEqual([3, 4]);
});

test("an axis can be put into another order by indices of its own name", () => {
  const x = numbers({ keys: 3 }, [1, 2, 3]);
  expect(numbersOf(gather(x, "keys", ints({ keys: 3 }, [2, 0, 1])))).toEqual([3, 1, 2]);
});

test("each head has its own indices where the indices have heads", () => {
  const x = numbers({ heads: 2, tokens: 3 }, [1, 2, 3, 4, 5, 6]);
  const indices = ints({ heads: 2, clicks: 2 }, [0, 1, 2, 2]);
  expect(numbersOf(gather(x, "tokens", indices))).toEqual([1, 2, 6, 6]);
});

test("adding up where indices point", () => {
  const x = numbers({ clicks: 4, channels: 2 }, [1, 2, 3, 4, 5, 6, 7, 8]);
  const added = computed(scatterAdd(x, "tokens", ints({ clicks: 4 }, [2, 0, 2, 2]), 3));
  expect(added.axes.map(({ name }) => name)).toEqual(["tokens", "channels"]);
  expect(Array.from(added.data)).toEqual([3, 4, 0, 0, 13, 16]);
});

test("a single entry is put into its place", () => {
  const x = numbers({ channels: 2 }, [1, 2]);
  expect(numbersOf(scatterAdd(x, "tokens", 1, 2))).toEqual([0, 0, 1, 2]);
});

test("no clicks pick nothing, and add nothing", () => {
  const none = ints({ clicks: 0 }, []);
  expect(numbersOf(gather(numbers({ tokens: 2 }, [1, 2]), "tokens", none))).toEqual([]);
  expect(numbersOf(scatterAdd(numbers({ clicks: 0 }, []), "tokens", none, 2))).toEqual([0, 0]);
});

/** Indices below `limit` with a click axis, and perhaps with the heads of `x` as a batch axis. */
function someIndices(x: HostTensor, limit: number, batched: boolean, seed: number): HostTensor {
  const random = randomNumbers(seed);
  const heads = x.axes.filter(({ name }) => batched && name === "heads");
  const shape = tensorOf([...heads, { name: "clicks", size: 3 }], () => random() * limit);
  return { axes: shape.axes, dtype: "int32", data: Int32Array.from(shape.data) };
}

const CASES = fc.tuple(arbitraryTensors(1, ["keys"]), fc.boolean(), fc.nat());

test("gather takes the entry that its index says", () => {
  const law = fc.property(CASES, ([[x], batched, seed]) => {
    const size = x.axes.find(({ name }) => name === "keys")?.size ?? 0;
    const indices = someIndices(x, size, batched, seed);
    const result = computed(gather(constant(x), "keys", constant(indices)));
    const expected = tensorOf(result.axes, (place) =>
      at(x, { ...place, keys: at(indices, place) }),
    );
    expect(result.data).toEqual(expected.data);
  });
  fc.assert(law);
});

test.each(PRECISIONS)(
  "scatterAdd in $precision is the adjoint of gather",
  ({ precision, tolerance }) => {
    const law = fc.property(CASES, ([[x], batched, seed]) => {
      const size = x.axes.find(({ name }) => name === "keys")?.size ?? 0;
      const indices = constant(someIndices(x, size, batched, seed));
      const picked = gather(constant(x), "keys", indices);
      const other = constant(normalTensor(picked.axes, seed + 1));
      const batch = indices.axes.map(({ name }) => name).filter((name) => name !== "clicks");
      const back = scatterAdd(other, "keys", indices, size, { batch });
      // ⟨gather x, y⟩ = ⟨x, scatterAdd y⟩
      const names = picked.axes.map(({ name }) => name);
      const [left] = numbersOf(sum(multiply(picked, other), ...names), precision);
      const own = x.axes.map(({ name }) => name);
      const [right] = numbersOf(sum(multiply(constant(x), back), ...own), precision);
      // Up to some 1,900 terms, each with the rounding of one product.
      expect(close([left], [right], 100 * tolerance)).toBe(true);
    });
    fc.assert(law);
  },
);

test("indices outside the axis are refused when the graph is run", () => {
  const x = numbers({ tokens: 2 }, [1, 2]);
  const outside = gather(x, "tokens", ints({ clicks: 1 }, [2]));
  expect(() => numbersOf(outside)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: gather: expected indices from 0 to 1 along axis "tokens", got 2.]`,
  );
  const before = scatterAdd(numbers({ clicks: 1 }, [1]), "tokens", ints({ clicks: 1 }, [-1]), 2);
  expect(() => numbersOf(before)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: scatterAdd: expected indices from 0 to 1 along axis "tokens", got -1.]`,
  );
});

test("indices that do not fit are refused", () => {
  const x = numbers({ heads: 2, tokens: 2 }, [1, 2, 3, 4]);
  const clicks = ints({ clicks: 1 }, [0]);
  expect(() => gather(x, "keys", clicks)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: gather: expected an axis "keys" in the input, got [heads 2, tokens 2]. rename() gives an axis another name.]`,
  );
  expect(() => gather(x, "tokens", numbers({ clicks: 1 }, [0]))).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: gather: expected the indices to be int, got float. Ints come in as tensors of dtype "int32".]`,
  );
  expect(() =>
    gather(x, "tokens", ints({ heads: 3 }, [0, 0, 0])),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: gather: axis "heads" is 2 in x but 3 in indices. If these are different axes, rename one of them first.]`,
  );
  expect(() => scatterAdd(x, "keys", clicks, 2)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: scatterAdd: expected an axis "clicks" in x, got [heads 2, tokens 2].]`,
  );
  const perHead = ints({ heads: 2 }, [0, 0]);
  expect(() =>
    scatterAdd(x, "keys", perHead, 2, { batch: ["batch"] }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: scatterAdd: expected an axis "batch" in x, got [heads 2, tokens 2].]`,
  );
  expect(() => scatterAdd(x, "tokens", perHead, 2)).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: scatterAdd: axis "tokens" would be there twice in [tokens, tokens]. Give every axis a name of its own.]`,
  );
});
