/**
 * Attention in plain operations, some rows at a time: what its gradients are written in, and what a
 * device without a kernel of its own runs. Weights of all pairs exist for one block of rows only.
 */

import { type Axis, sizeOf } from "../../tensor/hostTensor.ts";
import type { Calculus } from "../calculus.ts";
import type { Node } from "../node.ts";
import type { AttentionRoles } from "./attentionAxes.ts";

/** A block of rows has about so many weights (16 MiB in float32); more blocks are not faster. */
const WEIGHTS_PER_BLOCK = 2 ** 22;

/** With fewer rows than this, products of matrices get slow … */
const FEWEST_ROWS = 64;

/** … and are taken all the same where a device cannot hold more: WebGPU binds 128 MiB at a time. */
const MOST_WEIGHTS = 2 ** 25;

/** A block of neighbouring rows: the first, and the first after it. */
interface Block {
  readonly from: number;
  readonly to: number;
}

/** The rows in blocks of nearly equal size; one block where all weights together are few. */
export function blocksOfRows({ batch, rows, keys }: AttentionRoles): readonly Block[] {
  const perRow = Math.max(1, sizeOf(batch) * keys.size);
  const possible = Math.max(1, Math.floor(MOST_WEIGHTS / perRow));
  const wanted = Math.max(FEWEST_ROWS, Math.ceil(WEIGHTS_PER_BLOCK / perRow));
  const count = Math.max(1, Math.ceil(rows.size / Math.min(wanted, possible)));
  return Array.from({ length: count }, (_, i) => ({
    from: Math.floor((i * rows.size) / count),
    to: Math.floor(((i + 1) * rows.size) / count),
  }));
}

/** The rows of a tensor in a block; a tensor without rows is the same for all. */
export function rowsIn(
  x: Node,
  { rows }: AttentionRoles,
  { from, to }: Block,
  write: Calculus,
): Node {
  return from === 0 && to === rows.size ? x : write.slice(x, rows.name, from, to);
}

/** q·k of a block, `[…, rows, keys]`. */
export function logitsIn(
  [query, key]: readonly Node[],
  roles: AttentionRoles,
  block: Block,
  write: Calculus,
): Node {
  return write.contract(rowsIn(query, roles, block, write), key, roles.channels.name);
}

/** Results of blocks, one after another along the rows. */
export function joined(blocks: readonly Node[], { rows }: AttentionRoles, write: Calculus): Node {
  return blocks.length === 1 ? blocks[0] : write.concat(blocks, rows.name);
}

/**
 * Results of blocks made one, neighbours first: so only few of them, the logarithm of their number,
 * have to be there at the same time, in whatever order a device computes what it needs.
 */
export function inPairs<Result>(
  results: readonly Result[],
  join: (a: Result, b: Result) => Result,
): Result {
  if (results.length === 1) return results[0];
  const half = Math.ceil(results.length / 2);
  return join(inPairs(results.slice(0, half), join), inPairs(results.slice(half), join));
}

/** The axes in the order that `evaluate` gives them. */
export function inOrder(x: Node, axes: readonly Axis[], write: Calculus): Node {
  const order = axes.map(({ name }) => name);
  return order.every((name, i) => x.axes[i].name === name) ? x : write.reorder(x, order);
}
