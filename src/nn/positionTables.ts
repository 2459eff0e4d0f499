/**
 * Learnt relative positions on a grid, either one entry for every offset (full) or one for every
 * offset down plus one for every offset across (factored):
 *
 *     r[i, j] = table[y_j − y_i + h − 1, x_j − x_i + w − 1]
 *     r[i, j] = heightTable[y_j − y_i + h − 1] + widthTable[x_j − x_i + w − 1]
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, section 2.4.
 */

import { type GridSize, gridPositions, linePositions } from "../attention/positions.ts";
import type { Node } from "../graph/node.ts";
import { merge } from "../graph/operations/merge.ts";
import { rename } from "../graph/operations/rename.ts";
import { reorder } from "../graph/operations/reorder.ts";
import { normal } from "./initialisers.ts";
import { learnt, type Parameter } from "./parameters.ts";

export type PositionTables<Leaf> =
  | {
      /** `[rowOffsets, columnOffsets, channels]`, 2h − 1 by 2w − 1. */
      readonly table: Leaf;
    }
  | {
      /** `[offsets, channels]`, 2h − 1. */
      readonly heightTable: Leaf;
      /** `[offsets, channels]`, 2w − 1. */
      readonly widthTable: Leaf;
    };

/** What positions need, in so many channels; `channels` may be called otherwise. */
export function positionTables(
  form: "full" | "factored",
  { height, width }: GridSize,
  channels: Readonly<Record<string, number>>,
): PositionTables<Parameter> {
  const [count] = Object.values(channels);
  const initial = normal(1 / Math.sqrt(count));
  const [rows, columns] = [2 * height - 1, 2 * width - 1];
  if (form === "full") {
    return { table: learnt({ rowOffsets: rows, columnOffsets: columns, ...channels }, initial) };
  }
  return {
    heightTable: learnt({ offsets: rows, ...channels }, initial),
    widthTable: learnt({ offsets: columns, ...channels }, initial),
  };
}

/**
 * Positions of all pairs of tokens, numbered row by row.
 *
 * @returns `[queries, keys, channels]`.
 * @throws {ShapeError} When the tables are for another grid.
 */
export function positionsOf(tables: PositionTables<Node>, grid: GridSize): Node {
  if (!("table" in tables)) return gridPositions(tables.heightTable, tables.widthTable, grid);
  const { height, width } = grid;
  const down = rename(
    linePositions(rename(tables.table, { rowOffsets: "offsets" }), {
      queries: height,
      keys: height,
    }),
    { queries: "queryRows", keys: "keyRows", columnOffsets: "offsets" },
  );
  const pairs = rename(linePositions(down, { queries: width, keys: width }), {
    queries: "queryColumns",
    keys: "keyColumns",
  });
  const order = ["queryRows", "queryColumns", "keyRows", "keyColumns"];
  const channels = pairs.axes.map(({ name }) => name).filter((name) => !order.includes(name));
  const inOrder = reorder(pairs, [...order, ...channels]);
  const byQuery = merge(inOrder, ["queryRows", "queryColumns"], "queries");
  return merge(byQuery, ["keyRows", "keyColumns"], "keys");
}
