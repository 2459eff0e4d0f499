import { expect, test } from "vitest";
import { allocate, describeAxes, tensor } from "./hostTensor.ts";

test("a tensor lists its axes in the order in which they were written", () => {
  const { axes, dtype, data } = tensor({ queries: 2, channels: 3 }, [1, 2, 3, 4, 5, 6]);
  expect(describeAxes(axes)).toBe("[queries 2, channels 3]");
  expect(dtype).toBe("float64");
  expect(data).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6));
});

test("a single number has no axes", () => {
  const { axes, data } = tensor({}, [7]);
  expect(describeAxes(axes)).toBe("[]");
  expect(data).toEqual(Float64Array.of(7));
});

test("an axis may be empty", () => {
  expect(tensor({ clicks: 0, channels: 3 }, []).data).toHaveLength(0);
});

test("a typed array is used as it is when it has the dtype, and copied when it does not", () => {
  const bytes = Float32Array.of(1.5, 2);
  expect(tensor({ keys: 2 }, bytes).data).toBe(bytes);
  expect(tensor({ keys: 2 }, bytes).dtype).toBe("float32");
  expect(tensor({ keys: 2 }, bytes, "float64").data).toEqual(Float64Array.of(1.5, 2));
  expect(tensor({ keys: 2 }, Int32Array.of(1, 2)).dtype).toBe("int32");
  expect(tensor({ keys: 2 }, Uint8Array.of(1, 0)).dtype).toBe("bool");
  expect(tensor({ keys: 2 }, Uint8Array.of(200, 3), "float32").data).toEqual(
    Float32Array.of(200, 3),
  );
});

test("numbers that do not fill the axes are refused", () => {
  expect(() => tensor({ queries: 2, channels: 3 }, [1, 2])).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: tensor: expected 6 numbers for [queries 2, channels 3], got 2.]`,
  );
});

test("numbers that do not fit the dtype are refused", () => {
  expect(() => tensor({ keys: 2 }, [1, 0.5], "int32")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: tensor: expected whole numbers that fit 32 bits for an int32, got 0.5 at entry 1.]`,
  );
  expect(() => tensor({ keys: 1 }, [2 ** 31], "int32")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: tensor: expected whole numbers that fit 32 bits for an int32, got 2147483648 at entry 0.]`,
  );
  expect(() => tensor({ keys: 2 }, Uint8Array.of(1, 200))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: tensor: expected 0 or 1 for a bool, got 200 at entry 1. For bytes that are numbers, give the dtype: tensor(sizes, data, "float32").]`,
  );
});

test("an axis called by a number is refused: keys of objects do not keep its place", () => {
  expect(() => tensor({ channels: 1, 0: 2 }, [1, 2])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: tensor: expected names of axes that are no numbers, got "0": JavaScript moves such keys to the front, and the order of axes is their layout.]`,
  );
});

test("an array that memory has no room for is refused in our words", () => {
  expect(() => allocate(2 ** 45, "float32")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: allocate: memory ran out, expected room for 35184372088832 numbers of float32. Use smaller images or batches.]`,
  );
});

test("a size that is no whole number is refused", () => {
  expect(() => tensor({ keys: 1.5 }, [1])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: tensor: expected a whole size of at least 0 for axis "keys", got 1.5.]`,
  );
  expect(() => tensor({ keys: -1 }, [])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: tensor: expected a whole size of at least 0 for axis "keys", got -1.]`,
  );
});
