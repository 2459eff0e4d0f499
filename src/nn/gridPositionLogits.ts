import { type GridSize, linePositions } from "../attention/positions.ts";
import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { contract } from "../graph/operations/contract.ts";
import { merge } from "../graph/operations/merge.ts";
import { rename } from "../graph/operations/rename.ts";
import { split } from "../graph/operations/split.ts";

/**
 * What relative positions add to logits, `q_i · (heightTable[y_j − y_i + h − 1] + widthTable[x_j −
 * x_i + w − 1])`: made per row and per column and added, so that no vector exists for a pair of tokens.
 *
 * @param query       q, `[…, queries, channels]`, tokens numbered row by row.
 * @param heightTable `[offsets, channels]` with 2 · height − 1 offsets, from the farthest above to the farthest below.
 * @param widthTable  `[offsets, channels]` with 2 · width − 1 offsets.
 * @returns           `[…, queries, keys]`.
 * @throws {ShapeError} When tables or tokens do not fit the grid.
 */
export function gridPositionLogits(
  query: Node,
  heightTable: Node,
  widthTable: Node,
  { height, width }: GridSize,
): Node {
  const grid = split(query, "queries", { queryRows: height, queryColumns: width });
  const rows = rename(linePositions(heightTable, { queries: height, keys: height }), {
    queries: "queryRows",
    keys: "keyRows",
  });
  const columns = rename(linePositions(widthTable, { queries: width, keys: width }), {
    queries: "queryColumns",
    keys: "keyColumns",
  });
  const both = add(contract(grid, rows, "channels"), contract(grid, columns, "channels"));
  return merge(
    merge(both, ["queryRows", "queryColumns"], "queries"),
    ["keyRows", "keyColumns"],
    "keys",
  );
}
