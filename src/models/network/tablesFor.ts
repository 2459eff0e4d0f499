/**
 * Tables of relative positions, learnt for one grid, for images of any other: offsets have the
 * entries that they were learnt for, and those beyond the ends of a table its last ones.
 */

import type { GridSize } from "../../attention/positions.ts";
import type { Node } from "../../graph/node.ts";
import { constant } from "../../graph/operations/constant.ts";
import { gather } from "../../graph/operations/gather.ts";
import { rename } from "../../graph/operations/rename.ts";
import type { PositionTables } from "../../nn/positionTables.ts";
import { tensor } from "../../tensor/hostTensor.ts";

/** The tables for another grid. */
export function tablesFor(
  tables: PositionTables<Node>,
  { height, width }: GridSize,
): PositionTables<Node> {
  if ("table" in tables) {
    return {
      table: tableFor(tableFor(tables.table, height, "rowOffsets"), width, "columnOffsets"),
    };
  }
  return {
    heightTable: tableFor(tables.heightTable, height),
    widthTable: tableFor(tables.widthTable, width),
  };
}

/**
 * A table for a line of another length.
 *
 * @param table `[…, offsets, …]`, an uneven number of them, the middle one that of a token to itself.
 * @param length Of the line, in tokens.
 * @param axis   What offsets are called. @default "offsets"
 * @returns 2 · length − 1 offsets; all other axes stay.
 */
export function tableFor(table: Node, length: number, axis = "offsets"): Node {
  const own = table.axes.find(({ name }) => name === axis)?.size ?? 1;
  const wanted = 2 * length - 1;
  if (own === wanted) return table;
  const middle = (own - 1) / 2;
  const entries = Int32Array.from({ length: wanted }, (_, i) =>
    Math.min(own - 1, Math.max(0, i - (length - 1) + middle)),
  );
  const chosen = constant(tensor({ chosenOffsets: wanted }, entries));
  return rename(gather(table, axis, chosen), { chosenOffsets: axis });
}
