import { expect, test } from "vitest";
import { decomposed, normal, plainly, threeOf } from "../../../test/support/attentionOperands.ts";
import { close, numbersOf } from "../../../test/support/namedTensors.ts";
import { gradient } from "../gradient.ts";
import type { Node } from "../node.ts";
import { constant } from "../operations/constant.ts";
import { multiply } from "../operations/multiply.ts";
import { sum } from "../operations/sum.ts";
import { blocksOfRows } from "./attentionBlocks.ts";

/** So many keys that the weights of all rows come in several blocks, in plain operations too. */
const LARGE = { queries: 65, keys: 2 ** 16, channels: 2 };

test("blocks do not matter: neither in the answers nor in the gradients", () => {
  const query = constant(normal({ queries: LARGE.queries, channels: 2 }, 1));
  const key = constant(normal({ keys: LARGE.keys, channels: 2 }, 2));
  const value = constant(normal({ keys: LARGE.keys }, 3));
  const x = constant(normal({ queries: LARGE.queries }, 4));
  const operands = { query, key, value, x };
  const roles = {
    batch: [],
    rows: { name: "queries", size: LARGE.queries },
    keys: { name: "keys", size: LARGE.keys },
    channels: { name: "channels", size: 2 },
    columns: [],
  };
  expect(blocksOfRows(roles).length).toBeGreaterThan(1);
  const squares = (y: Node): Node => sum(multiply(y, y), ...y.axes.map(({ name }) => name));
  const expected = plainly(operands);
  const ours = threeOf(operands);
  ours.forEach((node, i) => {
    const theirs = numbersOf(expected[i]);
    expect(close(numbersOf(node), theirs, 1e-12)).toBe(true);
    expect(close(numbersOf(decomposed(node)), theirs, 1e-12)).toBe(true);
  });
  const inBlocks = gradient(squares(ours[0]), { query, key });
  const atOnce = gradient(squares(expected[0]), { query, key });
  for (const name of ["query", "key"] as const) {
    expect(close(numbersOf(inBlocks[name]), numbersOf(atOnce[name]), 1e-10)).toBe(true);
  }
});

test("blocks of rows cover all rows once, in order, and keep their weights within a binding", () => {
  for (const [batch, rows, keys] of [
    [1, 1, 1],
    [8, 4096, 4096],
    [64, 1000, 3000],
    [1, 7, 2 ** 26],
    [3, 0, 5],
  ]) {
    const blocks = blocksOfRows({
      batch: [{ name: "batch", size: batch }],
      rows: { name: "queries", size: rows },
      keys: { name: "keys", size: keys },
      channels: { name: "channels", size: 1 },
      columns: [],
    });
    expect(blocks.at(0)?.from).toBe(0);
    expect(blocks.at(-1)?.to).toBe(rows);
    blocks.forEach(({ from, to }, i) => {
      if (i > 0) expect(from).toBe(blocks[i - 1].to);
      // 128 MiB of float32, unless a single row has more.
      if (to - from > 1) expect((to - from) * batch * keys * 4).toBeLessThanOrEqual(2 ** 27);
    });
  }
});
