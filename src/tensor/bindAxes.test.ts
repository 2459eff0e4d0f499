import { expect, expectTypeOf, test } from "vitest";
import { bindAxes } from "./bindAxes.ts";
import { type Sizes, tensor } from "./hostTensor.ts";

const AXES = { query: ["queries", "channels"], key: ["keys", "channels"] } as const;

function sized(sizes: Sizes): ReturnType<typeof tensor> {
  const count = Object.values(sizes).reduce((product, size) => product * size, 1);
  return tensor(sizes, new Float64Array(count));
}

test("sizes are bound by name, whatever the order of the axes", () => {
  const query = sized({ channels: 3, queries: 2 });
  const key = sized({ keys: 5, channels: 3 });
  const size = bindAxes("responsibilities", { query, key }, AXES);
  expect(size).toEqual({ queries: 2, channels: 3, keys: 5 });
});

test("sizes are typed by the names that were listed", () => {
  const bind = (): unknown => bindAxes("x", { query: sized({}), key: sized({}) }, AXES);
  expectTypeOf(bindAxes<"query" | "key", typeof AXES>).returns.toEqualTypeOf<
    Record<"queries" | "channels" | "keys", number>
  >();
  expect(bind).toThrow("x: query has no axis");
});

test("axes that are not listed pass through as batch axes", () => {
  const query = sized({ batch: 2, heads: 4, queries: 2, channels: 3 });
  const key = sized({ heads: 4, keys: 5, channels: 3 });
  expect(bindAxes("responsibilities", { query, key }, AXES)).toEqual({
    queries: 2,
    channels: 3,
    keys: 5,
  });
});

test("tensors that disagree on an axis are refused, listed or not", () => {
  const key = sized({ heads: 2, keys: 5, channels: 2 });
  expect(() =>
    bindAxes("responsibilities", { query: sized({ queries: 2, channels: 3 }), key }, AXES),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: responsibilities: axis "channels" is 3 in query but 2 in key.]`,
  );
  expect(() =>
    bindAxes(
      "responsibilities",
      { query: sized({ heads: 3, queries: 2, channels: 2 }), key },
      AXES,
    ),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: responsibilities: axis "heads" is 3 in query but 2 in key.]`,
  );
});

test("a tensor without an axis the operation is about is refused", () => {
  const query = sized({ queries: 2, features: 3 });
  const key = sized({ keys: 5, channels: 3 });
  expect(() =>
    bindAxes("responsibilities", { query, key }, AXES),
  ).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: responsibilities: query has no axis "channels", only [queries 2, features 3].]`,
  );
});
