/**
 * Self-attention on a grid with relative positions from two tables, one for rows and one for
 * columns:
 *
 *     logits[i, j] = (q_i · k_j + q_i · heightTable[y_j − y_i + h − 1] + q_i · widthTable[x_j − x_i + w − 1]) / √channels
 *
 * @see Srinivas et al. 2021, arXiv:2101.11605 (BoTNet).
 */

import type { GridSize } from "../attention/positions.ts";
import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { contract } from "../graph/operations/contract.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { softmax } from "../graph/operations/softmax.ts";
import { bindAxes } from "../tensor/bindAxes.ts";
import { gridPositionLogits } from "./gridPositionLogits.ts";

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
  const positionLogits = gridPositionLogits(scaled, heightTable, widthTable, grid);
  const logits = add(contract(scaled, key, "channels"), positionLogits);
  return { value: contract(softmax(logits, "keys"), value, "keys"), positionLogits };
}
