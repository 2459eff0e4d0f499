import { expect, test } from "vitest";
import { tensor } from "../tensor/hostTensor.ts";
import { graph } from "./graph.ts";
import { interpret } from "./interpreter.ts";
import { add } from "./operations/add.ts";
import { constant } from "./operations/constant.ts";
import { divide } from "./operations/divide.ts";
import { equal } from "./operations/equal.ts";
import { exp } from "./operations/exp.ts";
import { input } from "./operations/input.ts";
import { multiply } from "./operations/multiply.ts";
import { operations } from "./operations/table.ts";

const AFFINE = graph({ y: add(multiply(input("x", { keys: 2 }), 3), input("shift", {})) });

test("outputs by name, from inputs by name", () => {
  const { y } = interpret(
    AFFINE,
    { x: tensor({ keys: 2 }, [1, 2]), shift: tensor({}, [0.5]) },
    "float64",
  );
  expect(y.axes).toEqual([{ name: "keys", size: 2 }]);
  expect(y.data).toEqual(Float64Array.of(3.5, 6.5));
});

test("a graph is run again and again, with other numbers and in either precision", () => {
  const shift = tensor({}, [0.1]);
  for (const x of [1, 2, 3]) {
    const given = { x: tensor({ keys: 2 }, Float32Array.of(x, 0)), shift };
    expect(interpret(AFFINE, given, "float32")["y"].data).toEqual(
      Float32Array.of(3 * x + Math.fround(0.1), 0.1),
    );
    expect(interpret(AFFINE, given, "float64")["y"].data).toEqual(
      Float64Array.of(3 * x + 0.1, 0.1),
    );
  }
});

test("whole numbers and bools keep their dtype", () => {
  const made = graph({
    same: equal(input("n", { keys: 2 }, "int"), 2),
    n: input("n", { keys: 2 }, "int"),
  });
  const { same, n } = interpret(made, { n: tensor({ keys: 2 }, [1, 2], "int32") }, "float32");
  expect(n.dtype).toBe("int32");
  expect(same).toMatchObject({ dtype: "bool", data: Uint8Array.of(0, 1) });
});

test("inputs that the graph does not need are ignored", () => {
  const given = { x: tensor({}, [0]), other: tensor({}, [1]) };
  expect(interpret(graph({ y: exp(input("x", {})) }), given, "float64")["y"].data[0]).toBe(1);
});

test("an output may be an input, a constant, or given twice", () => {
  const x = input("x", {});
  const made = graph({ x, again: x, one: constant(1) });
  const { again, one, ...rest } = interpret(made, { x: tensor({}, [5]) }, "float64");
  expect([rest["x"].data[0], again.data[0], one.data[0]]).toEqual([5, 5, 1]);
});

test("what is made of constants alone is computed once, in the precision of the run", () => {
  const third = divide(1, constant(tensor({ keys: 1 }, [3])));
  const made = graph({ third, y: add(third, input("x", {})) });
  for (const precision of ["float64", "float32"] as const) {
    const [first, second] = [1, 2].map((x) => interpret(made, { x: tensor({}, [x]) }, precision));
    expect(first["third"].data).toBe(second["third"].data);
    expect(first["third"].data[0]).toBe(precision === "float64" ? 1 / 3 : Math.fround(1 / 3));
    expect(second["y"].data[0]).toBeGreaterThan(first["y"].data[0]);
  }
});

test("inputs and constants are not written to", () => {
  const x = tensor({ keys: 2 }, Float32Array.of(1, 2));
  const weights = tensor({ keys: 2 }, Float32Array.of(3, 4));
  const made = graph({ y: exp(add(multiply(input("x", { keys: 2 }), constant(weights)), 1)) });
  interpret(made, { x }, "float32");
  expect(x.data).toEqual(Float32Array.of(1, 2));
  expect(weights.data).toEqual(Float32Array.of(3, 4));
});

test("every operation of the table is filed under its own name", () => {
  for (const [name, operation] of Object.entries(operations)) expect(operation.name).toBe(name);
});

test("inputs that are missing, or not what the graph was made for, are refused", () => {
  const x = tensor({ keys: 2 }, [1, 2]);
  const shift = tensor({}, [1]);
  const run = (given: Parameters<typeof interpret>[1]) => () => interpret(AFFINE, given, "float64");
  expect(run({ x })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: interpret: expected an input "shift" [], got x. Hand in a tensor for every input of the graph.]`,
  );
  expect(run({ x, shift: tensor({ keys: 1 }, [1]) })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: interpret: expected input "shift" to be [] in this order, got [keys 1] with 1 numbers.]`,
  );
  expect(
    run({ shift, x: tensor({ keys: 2 }, [1, 2], "int32") }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: interpret: expected input "x" to hold float, got int32. tensor(sizes, data, dtype) makes one of another dtype.]`,
  );
});
