/**
 * The interpreter's matrix products beside a plain triple loop, and its elementwise operations
 * beside a plain copy, on one thread in the same run.
 *
 *     npx tsx bench/interpreter.ts
 *
 * The triple loop is what one would write first: doubles summed along rows of both operands (the
 * second is laid out by columns beforehand, so it reads straight ahead as well).
 */

import {
  add,
  contract,
  exp,
  type Graph,
  graph,
  input,
  interpret,
  multiply,
  type Node,
  type Precision,
  softmax,
  sum,
} from "../src/graph/index.ts";
import { type HostTensor, randomNumbers, type Sizes, tensor } from "../src/tensor/index.ts";

const PRODUCTS = [
  { rows: 4000, terms: 16, columns: 1000 },
  { rows: 1000, terms: 4000, columns: 16 },
  { rows: 4000, terms: 64, columns: 4000 },
  { rows: 512, terms: 512, columns: 512 },
  { rows: 4000, terms: 1000, columns: 1 },
  { rows: 8, terms: 8, columns: 8 },
];

const random = randomNumbers(1);

function randomTensor(sizes: Sizes, precision: Precision): HostTensor {
  const count = Object.values(sizes).reduce((product, size) => product * size, 1);
  return tensor(
    sizes,
    Array.from({ length: count }, () => random() - 0.5),
    precision,
  );
}

/** Median seconds of one call, over at least 5 samples of at least 20 ms each. */
function secondsOf(work: () => void): number {
  const samples: number[] = [];
  let calls = 1;
  const until = performance.now() + 1500;
  while (samples.length < 5 || performance.now() < until) {
    const start = performance.now();
    for (let i = 0; i < calls; i++) work();
    const took = performance.now() - start;
    if (took < 20) calls *= 2;
    else samples.push(took / calls / 1000);
  }
  samples.sort((a, b) => a - b);
  return samples[Math.floor(samples.length / 2)];
}

function tripleLoop(
  out: HostTensor["data"],
  a: HostTensor["data"],
  b: HostTensor["data"],
  rows: number,
  terms: number,
  columns: number,
): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let total = 0;
      for (let k = 0; k < terms; k++) total += a[i * terms + k] * b[j * terms + k];
      out[i * columns + j] = total;
    }
  }
}

function product(precision: Precision, { rows, terms, columns }: (typeof PRODUCTS)[number]): void {
  const a = randomTensor({ rows, terms }, precision);
  const b = randomTensor({ terms, columns }, precision);
  const made = graph({
    out: contract(input("a", { rows, terms }), input("b", { terms, columns }), "terms"),
  });
  const ours = secondsOf(() => interpret(made, { a, b }, precision));
  const byColumns = b.data.slice();
  for (let k = 0; k < terms; k++) {
    for (let j = 0; j < columns; j++) byColumns[j * terms + k] = b.data[k * columns + j];
  }
  const out =
    precision === "float32" ? new Float32Array(rows * columns) : new Float64Array(rows * columns);
  const plain = secondsOf(() => tripleLoop(out, a.data, byColumns, rows, terms, columns));
  const flops = 2 * rows * terms * columns;
  console.log(
    `[${rows}×${terms}]·[${terms}×${columns}] ${precision}: ${speed(flops / ours)} GFLOP/s, ` +
      `triple loop ${speed(flops / plain)}, ${(plain / ours).toFixed(2)}× as fast`,
  );
}

function speed(perSecond: number): string {
  return (perSecond / 1e9).toFixed(2);
}

const SIZE = { queries: 2000, keys: 1000 };
const COUNT = SIZE.queries * SIZE.keys;
const x = input("x", SIZE);
const y = input("y", SIZE);
const row = input("row", { keys: SIZE.keys });
const column = input("column", { queries: SIZE.queries });
const PASSES: Readonly<Record<string, Node>> = {
  "x + y": add(x, y),
  "x · 2": multiply(x, 2),
  "x + row": add(x, row),
  "x + column": add(x, column),
  "exp(x)": exp(x),
  "sum over keys": sum(x, "keys"),
  "sum over queries": sum(x, "queries"),
  "softmax over keys": softmax(x, "keys"),
  "softmax over queries": softmax(x, "queries"),
};

function pass(name: string, made: Graph, given: Readonly<Record<string, HostTensor>>): void {
  const seconds = secondsOf(() => interpret(made, given, "float32"));
  const copy = secondsOf(() => Float32Array.from(given["x"].data));
  console.log(
    `${name}: ${((seconds / COUNT) * 1e9).toFixed(2)} ns an entry, ` +
      `${(seconds / copy).toFixed(2)} times a copy`,
  );
}

for (const precision of ["float32", "float64"] as const) {
  for (const sizes of PRODUCTS) product(precision, sizes);
}
const given = {
  x: randomTensor(SIZE, "float32"),
  y: randomTensor(SIZE, "float32"),
  row: randomTensor({ keys: SIZE.keys }, "float32"),
  column: randomTensor({ queries: SIZE.queries }, "float32"),
};
for (const [name, out] of Object.entries(PASSES)) pass(name, graph({ out }), given);

const scalar = graph({ out: add(multiply(input("x", {}), 2), 1) });
const one = { x: tensor({}, [1], "float32") };
const perNode = secondsOf(() => interpret(scalar, one, "float32")) / scalar.order.length;
console.log(`overhead: ${(perNode * 1e6).toFixed(2)} µs a node on single numbers`);
