/**
 * Self-attention on a grid with relative positions from two tables, one for rows and one for
 * columns:
 *
 *     logits[i, j] = (q_i · k_j + q_i · heightTable[y_j − y_i + h − 1] + q_i · widthTable[x_j − x_i + w − 1]) / √channels
 *
 * Position logits are made per row and per column and added, so that no position vector exists for
 * a pair of tokens.
 *
 * @see Srinivas et al. 2021, arXiv:2101.11605 (BoTNet).
 */

import { type GridSize, linePositions } from "../attention/positions.ts";
import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { contract } from "../graph/operations/contract.ts";
import { merge } from "../graph/operations/merge.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { rename } from "../graph/operations/rename.ts";
import { softmax } from "../graph/operations/softmax.ts";
import { split } from "../graph/operations/split.ts";
import { bindAxes } from "../tensor/bindAxes.ts";

export interface GridAttentionInputs {
  /** q, `[…, queries, channels]`, tokens numbered row by row. */
  readonly query: Node;
  /** k, `[…, keys, channels]`. */
  readonly key: Node;
  /** v, `[…, keys, valueChannels]`. */
  readonly value: Node;
  /** `[offsets, channels]` with 2 · height − 1 offsets, from the farthest above to the farthest below. */
  readonly heightTable: Node;
  /** `[offsets, channels]` with 2 · width − 1 offsets. */
  readonly widthTable: Node;
}

export interface GridAttention {
  /** `[…, queries, valueChannels]` */
  readonly value: Node;
  /** What positions add to the logits, `[…, queries, keys]`. */
  readonly positionLogits: Node;
}

/** @throws {ShapeError} When tables or tokens do not fit the grid. */
export function gridAttention(
  { query, key, value, heightTable, widthTable }: GridAttentionInputs,
  grid: GridSize,
): GridAttention {
  const axes = {
    query: ["queries", "channels"],
    key: ["keys", "channels"],
    value: ["keys"],
  } as const;
  const { channels } = bindAxes("gridAttention", { query, key, value }, axes);
  for (const table of [heightTable, widthTable]) {
    bindAxes("gridAttention", { query, table }, { query: ["channels"], table: ["channels"] });
  }
  const scaled = multiply(query, 1 / Math.sqrt(channels));
  const positionLogits = gridPositions(scaled, heightTable, widthTable, grid);
  const logits = add(contract(scaled, key, "channels"), positionLogits);
  return { value: contract(softmax(logits, "keys"), value, "keys"), positionLogits };
}

/** `q_i · r_ij` for the positions of all pairs, `[…, queries, keys]`. */
function gridPositions(
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
