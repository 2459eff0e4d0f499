/**
 * Tensors read and written entry by entry, by the names of their axes: the slow, plain definition
 * that the laws of `src/graph` compare operations with.
 */

import fc from "fast-check";
import { graph } from "../../src/graph/graph.ts";
import { interpret, type Precision } from "../../src/graph/interpreter.ts";
import type { Node } from "../../src/graph/node.ts";
import { constant } from "../../src/graph/operations/constant.ts";
import { type Axis, type HostTensor, type Sizes, tensor } from "../../src/tensor/hostTensor.ts";
import { normalNumbers, randomNumbers } from "../../src/tensor/random.ts";

/** A place in a tensor: one coordinate per axis, by name. Further names are ignored. */
export type Place = Readonly<Record<string, number>>;

/** Both precisions, and how far a result of a few operations may be off, relative to its size. */
export const PRECISIONS: readonly { precision: Precision; tolerance: number }[] = [
  { precision: "float64", tolerance: 1e-12 },
  // Sums are taken in doubles: what is left is one rounding to 24 bits per operation.
  { precision: "float32", tolerance: 5e-7 },
];

/** The numbers of a node whose inputs are all constants. */
export function computed(node: Node, precision: Precision = "float64"): HostTensor {
  return interpret(graph({ node }), {}, precision)["node"];
}

/** As `computed`, only the numbers. */
export function numbersOf(node: Node, precision: Precision = "float64"): number[] {
  return Array.from(computed(node, precision).data);
}

/** A constant with these axes and numbers. */
export function numbers(sizes: Sizes, data: readonly number[]): Node {
  return constant(tensor(sizes, data));
}

/** A constant of whole numbers. */
export function ints(sizes: Sizes, data: readonly number[]): Node {
  return constant(tensor(sizes, data, "int32"));
}

/** A constant of bools. */
export function bools(sizes: Sizes, data: readonly boolean[]): Node {
  return constant(tensor(sizes, data.map(Number), "bool"));
}

/** The entry of a tensor at a place. */
export function at({ axes, data }: HostTensor, place: Place): number {
  let index = 0;
  for (const { name, size } of axes) index = index * size + place[name];
  return data[index];
}

/** Every place of a tensor with these axes, in the order of its layout. */
export function placesOf(axes: readonly Axis[]): Place[] {
  return axes.reduce<Place[]>(
    (places, { name, size }) =>
      places.flatMap((place) => Array.from({ length: size }, (_, i) => ({ ...place, [name]: i }))),
    [{}],
  );
}

/** The tensor that holds `entry(place)` at every place. */
export function tensorOf(axes: readonly Axis[], entry: (place: Place) => number): HostTensor {
  return { axes, dtype: "float64", data: Float64Array.from(placesOf(axes), entry) };
}

/** The axes of two tensors together: those of the first, then what the second adds. */
export function together(a: readonly Axis[], b: readonly Axis[]): Axis[] {
  return [...a, ...b.filter(({ name }) => !a.some((axis) => axis.name === name))];
}

/** Whether numbers agree up to `tolerance` times the larger one, or times 1 where that is more. */
export function close(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): boolean {
  if (actual.length !== expected.length) return false;
  for (let i = 0; i < actual.length; i++) {
    const [x, y] = [actual[i], expected[i]];
    if (Object.is(x, y) || x === y) continue;
    if (!(Math.abs(x - y) <= tolerance * Math.max(1, Math.abs(x), Math.abs(y)))) return false;
  }
  return true;
}

const NAMES = ["heads", "queries", "keys", "channels"];

/** Sizes that tensors of one law share, so that they agree wherever they share a name. */
const arbitrarySizes: fc.Arbitrary<Place> = fc
  .tuple(...NAMES.map(() => fc.integer({ min: 0, max: 5 })))
  .map((sizes) => Object.fromEntries(NAMES.map((name, i) => [name, sizes[i]])));

/** A tensor of standard normal numbers. */
export function normalTensor(axes: readonly Axis[], seed: number): HostTensor {
  const normal = normalNumbers(randomNumbers(seed));
  return tensorOf(axes, () => Math.fround(normal()));
}

/**
 * So many tensors of single-precision normal numbers, over some of four axes each, in any order,
 * that agree on the sizes they share.
 *
 * @param must Axes that all of them have, with at least one entry.
 */
export function arbitraryTensors(
  count: number,
  must: readonly string[] = [],
): fc.Arbitrary<HostTensor[]> {
  const orders = Array.from({ length: count }, () =>
    fc.shuffledSubarray(NAMES).map((names) => shuffleIn(names, must)),
  );
  return fc.tuple(arbitrarySizes, fc.tuple(...orders), fc.nat()).map(([sizes, chosen, seed]) =>
    chosen.map((names, i) => {
      const size = (name: string): number =>
        must.includes(name) ? Math.max(1, sizes[name]) : sizes[name];
      return normalTensor(
        names.map((name) => ({ name, size: size(name) })),
        seed + i,
      );
    }),
  );
}

/** The names with those that must be there; the missing ones in front or behind, in turn. */
function shuffleIn(names: readonly string[], must: readonly string[]): string[] {
  const missing = must.filter((name) => !names.includes(name));
  const half = names.length % 2 === 0 ? 0 : missing.length;
  return [...missing.slice(0, half), ...names, ...missing.slice(half)];
}
