import { expect, test } from "vitest";
import { close, numbers, numbersOf } from "../../../test/support/namedTensors.ts";
import { begun, randomImage } from "../../../test/support/runLayer.ts";
import type { Node } from "../../graph/node.ts";
import { add } from "../../graph/operations/add.ts";
import { flip } from "../../graph/operations/flip.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { relu } from "../../graph/operations/relu.ts";
import { rename } from "../../graph/operations/rename.ts";
import { gridSelfAttention } from "../../nn/gridSelfAttention.ts";
import { attentionBlock, attentionBlockParameters } from "./attentionBlock.ts";
import type { AttentionStage } from "./configuration.ts";
import { selfAttention, spansParameters } from "./selfAttention.ts";
import { tableFor } from "./tablesFor.ts";

const CHANNELS = 4;
const STAGE: AttentionStage = {
  blocks: 1,
  filters: CHANNELS,
  inner: CHANNELS,
  heads: 2,
  span: "full",
  positions: "factored",
  prior: "magnitude",
  keySteps: 0,
};
const SIDE = 3;

/** The scale of a norm that has seen nothing: 1/√(1 + ε). */
const SCALE = 1 / Math.sqrt(1 + 1e-5);

function identity(): Node {
  const one = Array.from({ length: CHANNELS ** 2 }, (_, i) => (i % (CHANNELS + 1) === 0 ? 1 : 0));
  return numbers({ filters: CHANNELS, channels: CHANNELS, kernelHeight: 1, kernelWidth: 1 }, one);
}

/** Parameters whose convolutions change nothing, so that attention is all there is. */
function bare(stage: AttentionStage) {
  const { reduce, widen, ...own } = begun(attentionBlockParameters(CHANNELS, stage, SIDE));
  const ones = numbers({ channels: CHANNELS }, [1, 1, 1, 1]);
  const loud = widen.norm && { ...widen.norm, weight: ones };
  return {
    ...own,
    reduce: { ...reduce, convolution: { weight: identity() } },
    widen: { convolution: { weight: identity() }, norm: loud },
  };
}

/** What attends to all of the image. */
function imageOf({ spans }: ReturnType<typeof bare>) {
  return spans["image"];
}

const x = relu(randomImage({ batch: 2, channels: CHANNELS, height: SIDE, width: SIDE }));

test("without adaptation and with the magnitude prior it is a BoTNet's dot-product attention", () => {
  const own = bare(STAGE);
  const { positions } = imageOf(own);
  if (positions === undefined || !("heightTable" in positions))
    throw new Error("expected two tables");
  const attended = gridSelfAttention(multiply(x, SCALE), {
    ...imageOf(own),
    heightTable: rename(positions.heightTable, { channels: "headChannels" }),
    widthTable: rename(positions.widthTable, { channels: "headChannels" }),
  });
  const expected = add(x, multiply(relu(multiply(attended, SCALE)), SCALE));
  const y = attentionBlock(x, own, STAGE, "inference");
  expect(y.axes).toEqual(x.axes);
  // What α is the softplus of is kept in single precision.
  expect(close(numbersOf(y), numbersOf(expected), 1e-6)).toBe(true);
});

test("full tables that are sums of two say what the two say", () => {
  const own = bare(STAGE);
  const { positions } = imageOf(own);
  if (positions === undefined || !("heightTable" in positions))
    throw new Error("expected two tables");
  const { heightTable, widthTable } = positions;
  const down = numbersOf(heightTable);
  const across = numbersOf(widthTable);
  const [offsets, channels] = [2 * SIDE - 1, CHANNELS / 2];
  const sums = Array.from({ length: offsets ** 2 * channels }, (_, i) => {
    const channel = i % channels;
    const [row, column] = [Math.floor(i / channels / offsets), Math.floor(i / channels) % offsets];
    return down[row * channels + channel] + across[column * channels + channel];
  });
  const table = numbers({ rowOffsets: offsets, columnOffsets: offsets, channels }, sums);
  const full = attentionBlock(
    x,
    { ...own, spans: { image: { ...imageOf(own), positions: { table } } } },
    STAGE,
    "inference",
  );
  const factored = attentionBlock(x, own, STAGE, "inference");
  expect(close(numbersOf(full), numbersOf(factored), 1e-10)).toBe(true);
});

test("keys that adapt change the answer, less so the firmer they hold their place", () => {
  const adapting = { ...STAGE, keySteps: 1 };
  const held = bare(adapting);
  const still = numbersOf(attentionBlock(x, held, STAGE, "inference"));
  const moved = (raw: number) => {
    const keyPriorPrecision = numbers({ heads: 2 }, [raw, raw]);
    const image = imageOf(held);
    const precisions = { ...image.precisions, keyPriorPrecision };
    const own = { ...held, spans: { image: { ...image, precisions } } };
    const y = numbersOf(attentionBlock(x, own, adapting, "inference"));
    return Math.max(...y.map((value, i) => Math.abs(value - still[i])));
  };
  expect(moved(1)).toBeGreaterThan(1e-4);
  expect(moved(1000)).toBeLessThan(moved(1) / 100);
});

test("axial attention within an image of one row is attention to all of it, once columns say what they are", () => {
  const row = relu(randomImage({ batch: 2, channels: CHANNELS, height: 1, width: SIDE }));
  const { rows, columns } = begun(spansParameters({ ...STAGE, span: "axial" }, SIDE));
  if (rows.positions === undefined || !("line" in rows.positions))
    throw new Error("expected a line");
  const { line } = rows.positions;
  const parts = { heads: 2, headChannels: CHANNELS / 2, channels: CHANNELS };
  const own = Array.from({ length: CHANNELS ** 2 }, (_, i) => (i % (CHANNELS + 1) === 0 ? 1 : 0));
  const axial = selfAttention(
    row,
    { rows, columns: { ...columns, value: numbers(parts, own) } },
    { ...STAGE, span: "axial" },
  );
  const positions = { heightTable: multiply(line, 0), widthTable: line };
  const full = selfAttention(row, { image: { ...rows, positions } }, STAGE);
  expect(axial.axes).toEqual(row.axes);
  expect(close(numbersOf(axial), numbersOf(full), 1e-10)).toBe(true);
});

test("axial attention takes a column's pixels to be alike in any row, and a row's in any column", () => {
  const stage: AttentionStage = { ...STAGE, span: "axial", positions: "none", keySteps: 1 };
  const spans = begun(spansParameters(stage, SIDE));
  const flipped = flip(flip(x, "height"), "width");
  const there = selfAttention(flipped, spans, stage);
  const back = flip(flip(there, "height"), "width");
  expect(close(numbersOf(back), numbersOf(selfAttention(x, spans, stage)), 1e-10)).toBe(true);
});

test("a table for a shorter line loses its ends, for a longer one they are repeated", () => {
  const table = numbers({ offsets: 3 }, [1, 2, 3]);
  expect(numbersOf(tableFor(table, 1))).toEqual([2]);
  expect(numbersOf(tableFor(table, 2))).toEqual([1, 2, 3]);
  expect(numbersOf(tableFor(table, 4))).toEqual([1, 1, 1, 2, 3, 3, 3]);
});
