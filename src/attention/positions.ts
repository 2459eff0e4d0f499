/**
 * Relative positions from tables: what lies between a token i and a unit at token j.
 *
 *     r[i,j] = table[j − i + H − 1]                                        along a line
 *     r[i,j] = tableY[y_j − y_i + Y − 1] + tableX[x_j − x_i + X − 1]       on a grid, row by row
 *
 * A table for H tokens and K units has H + K − 1 entries, 2H − 1 when they are as many.
 *
 * @see Gabbur, Bilkhu & Movellan 2021, arXiv:2106.15338, section 2.4; factored tables as in
 *   Srinivas et al. 2021, arXiv:2101.11605 (BoTNet).
 */

import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { constant } from "../graph/operations/constant.ts";
import { gather } from "../graph/operations/gather.ts";
import { merge } from "../graph/operations/merge.ts";
import { rename } from "../graph/operations/rename.ts";
import { reorder } from "../graph/operations/reorder.ts";
import { bindAxes } from "../tensor/bindAxes.ts";
import { ShapeError, tensor } from "../tensor/hostTensor.ts";

/** How many tokens and units lie along a line. */
export interface LineSize {
  readonly queries: number;
  readonly keys: number;
}

/** How many tokens lie along each side of a grid; units lie on the same grid. */
export interface GridSize {
  readonly height: number;
  readonly width: number;
}

/**
 * Positions along a line.
 *
 * @param table `[…, offsets]`, its `queries + keys − 1` entries from the leftmost unit seen from the
 *   rightmost token to the opposite; further axes, `channels` or `valueChannels`, pass through.
 * @returns     `[…, queries, keys]`.
 * @throws {ShapeError} When the table is not as long as that.
 */
export function linePositions(table: Node, { queries, keys }: LineSize): Node {
  const { offsets } = bindAxes("linePositions", { table }, { table: ["offsets"] });
  checkLength("linePositions", "table", offsets, queries + keys - 1, "queries + keys − 1");
  const index = new Int32Array(queries * keys);
  for (let i = 0; i < queries; i++) {
    for (let j = 0; j < keys; j++) index[i * keys + j] = j - i + queries - 1;
  }
  return gather(table, "offsets", constant(tensor({ queries, keys }, index)));
}

/**
 * Positions on a grid, factored into a table for rows and one for columns.
 *
 * @param tableY `[channels, offsets]` with 2 · height − 1 offsets.
 * @param tableX `[channels, offsets]` with 2 · width − 1 offsets.
 * @returns      `[queries, keys, channels]`, tokens and units numbered row by row; `channels` may be
 *   `valueChannels`.
 * @throws {ShapeError} When the tables are not as long as that.
 */
export function gridPositions(tableY: Node, tableX: Node, { height, width }: GridSize): Node {
  const lengths = {
    tableY: bindAxes("gridPositions", { tableY }, { tableY: ["offsets"] }).offsets,
    tableX: bindAxes("gridPositions", { tableX }, { tableX: ["offsets"] }).offsets,
  };
  checkLength("gridPositions", "tableY", lengths.tableY, 2 * height - 1, "2 · height − 1");
  checkLength("gridPositions", "tableX", lengths.tableX, 2 * width - 1, "2 · width − 1");
  const byRow = rename(linePositions(tableY, { queries: height, keys: height }), {
    queries: "queryRows",
    keys: "keyRows",
  });
  const byColumn = rename(linePositions(tableX, { queries: width, keys: width }), {
    queries: "queryColumns",
    keys: "keyColumns",
  });
  const pairs = add(byRow, byColumn);
  const grid = ["queryRows", "queryColumns", "keyRows", "keyColumns"];
  const rest = pairs.axes.map(({ name }) => name).filter((name) => !grid.includes(name));
  const inOrder = reorder(pairs, [...grid, ...rest]);
  const merged = merge(inOrder, ["queryRows", "queryColumns"], "queries");
  return merge(merged, ["keyRows", "keyColumns"], "keys");
}

function checkLength(
  operation: string,
  table: string,
  got: number,
  expected: number,
  rule: string,
): void {
  if (got === expected) return;
  throw new ShapeError(
    `${operation}: expected ${table} to have ${expected} offsets (${rule}), got ${got}.`,
  );
}
