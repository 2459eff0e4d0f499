import { expect, test } from "vitest";
import { tensor } from "../../tensor/hostTensor.ts";
import { randomNumbers } from "../../tensor/random.ts";
import { graph } from "../graph.ts";
import { interpret } from "../interpreter.ts";
import type { Node } from "../node.ts";
import { add } from "../operations/add.ts";
import { exp } from "../operations/exp.ts";
import { input } from "../operations/input.ts";
import { multiply } from "../operations/multiply.ts";
import { pad } from "../operations/pad.ts";
import { rename } from "../operations/rename.ts";
import { reorder } from "../operations/reorder.ts";
import { slice } from "../operations/slice.ts";
import { softmax } from "../operations/softmax.ts";
import { subtract } from "../operations/subtract.ts";
import { spareArrays, WORTH_KEEPING } from "./spareArrays.ts";

const SIZE = WORTH_KEEPING;

function large(): ReturnType<typeof tensor> {
  return tensor({ keys: SIZE }, new Float32Array(SIZE));
}

test("an array comes back once the last value in it is released", () => {
  const arrays = spareArrays();
  const value = large();
  arrays.hold(value);
  arrays.hold({ ...value, axes: [{ name: "tokens", size: SIZE }] });
  arrays.release(value);
  expect(arrays.take("float32", SIZE)).toBeUndefined();
  arrays.release(value);
  expect(arrays.take("float64", SIZE)).toBeUndefined();
  expect(arrays.take("float32", SIZE)).toBe(value.data);
  expect(arrays.take("float32", SIZE)).toBeUndefined();
});

test("an array of somebody else never comes back", () => {
  const arrays = spareArrays();
  const value = large();
  arrays.holdForeign(value);
  arrays.hold(value);
  arrays.release(value);
  arrays.release(value);
  expect(arrays.take("float32", SIZE)).toBeUndefined();
});

/** A value made in many ways from others, so that arrays change hands often. */
function grow(values: Node[], random: () => number): Node {
  const pick = (): Node => values[Math.floor(random() * values.length)];
  const [a, b] = [pick(), pick()];
  const ways = [
    () => add(a, b),
    () => subtract(a, multiply(b, 0.5)),
    () => softmax(a, random() < 0.5 ? "rows" : "columns"),
    () =>
      rename(reorder(rename(a, { rows: "r", columns: "c" }), ["c", "r"]), {
        c: "rows",
        r: "columns",
      }),
    () => pad(slice(a, "rows", 1, ROWS), "rows", 0, 1),
    () => exp(multiply(softmax(a, "rows"), b)),
    () => rename(rename(a, { rows: "r" }), { r: "rows" }),
  ];
  return ways[Math.floor(random() * ways.length)]();
}

const ROWS = 64;

test("results do not depend on which arrays were used again", () => {
  const random = randomNumbers(5);
  const sizes = { rows: ROWS, columns: ROWS };
  const x = tensor(sizes, Float32Array.from({ length: ROWS * ROWS }, random));
  const before = x.data.slice();
  for (let round = 0; round < 20; round++) {
    const values: Node[] = [input("x", sizes)];
    for (let i = 0; i < 30; i++) values.push(grow(values, random));
    // Every value an output: nothing is ever released. The last alone: most are.
    const named = Object.fromEntries(values.map((value, i) => [`value ${i}`, value]));
    const all = interpret(graph(named), { x }, "float32");
    const kept = [3, 17, 30].map((i) => `value ${i}`);
    const some = interpret(
      graph(Object.fromEntries(kept.map((name) => [name, named[name]]))),
      { x },
      "float32",
    );
    for (const name of kept) expect(some[name].data).toEqual(all[name].data);
    expect(x.data).toEqual(before);
  }
});
