import { expect, test } from "vitest";
import { tensor } from "../tensor/hostTensor.ts";
import { flopsOf } from "./flops.ts";
import { graph } from "./graph.ts";
import { attention } from "./operations/attention.ts";
import { constant } from "./operations/constant.ts";
import { contract } from "./operations/contract.ts";
import { convolve } from "./operations/convolve.ts";
import { input } from "./operations/input.ts";

test("a product of matrices takes two operations for each pair of numbers that meet", () => {
  const a = input("a", { rows: 3, terms: 5 });
  const b = input("b", { terms: 5, columns: 7 });
  expect(flopsOf(graph({ y: contract(a, b, "terms") }))).toBe(2 * 3 * 5 * 7);
});

test("a convolution takes two for each weight at each pixel of each filter", () => {
  const image = input("image", { channels: 4, height: 5, width: 6 });
  const weight = input("weight", { filters: 8, channels: 2, kernelHeight: 3, kernelWidth: 3 });
  const y = convolve(image, weight, { padding: 1, groups: 2 });
  expect(flopsOf(graph({ y }))).toBe(2 * 8 * 5 * 6 * (2 * 3 * 3));
});

test("attention takes those of its two products", () => {
  const query = input("query", { batch: 2, queries: 3, channels: 4 });
  const key = input("key", { batch: 2, keys: 5, channels: 4 });
  const value = input("value", { batch: 2, keys: 5, valueChannels: 7 });
  const axes = { rows: "queries", keys: "keys", channels: "channels" };
  expect(flopsOf(graph({ y: attention(query, key, value, axes) }))).toBe(2 * 2 * 3 * 5 * (4 + 7));
});

test("what constants make among themselves is not counted", () => {
  const fixed = constant(tensor({ terms: 2, rows: 2 }, [1, 2, 3, 4]));
  const square = contract(fixed, constant(tensor({ terms: 2, columns: 2 }, [1, 2, 3, 4])), "terms");
  const y = contract(square, input("x", { columns: 2 }), "columns");
  expect(flopsOf(graph({ y }))).toBe(2 * 2 * 2);
});
