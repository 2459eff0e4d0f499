/**
 * Gradients through the weights of attention, W = softmax(q·k), of any f that moves with
 *
 *     ∂f/∂W[i,j] = left[i] · right[j]
 *
 * up to what is the same for a row:
 *
 *     dL[i,j] = W[i,j] (left[i] · right[j] − Σ_j W[i,j] left[i] · right[j])        softmaxGradient
 *     ∂f/∂q = dL k        ∂f/∂k = dLᵀ q        and where right is the value:  ∂f/∂v = Wᵀ left
 *
 * A block of rows contributes to all of them. Its contributions are packed into one tensor, so that
 * whichever gradient a device computes first, it is done with the weights of a block before it
 * goes on to the next.
 */

import { type Axis, sizeOf } from "../../tensor/hostTensor.ts";
import type { Calculus } from "../calculus.ts";
import type { Node } from "../node.ts";
import { softmaxGradient } from "../softmaxGradient.ts";
import type { AttentionRoles } from "./attentionAxes.ts";
import { blocksOfRows, inOrder, inPairs, logitsIn, rowsIn } from "./attentionBlocks.ts";

/** The axis that contributions are packed along; a name that nobody gives an axis. */
const PACKED = "packed gradients";

export interface ThroughWeights {
  readonly query: Node;
  readonly key: Node;
  /** `[…, rows, columns]`. */
  readonly left: Node;
  /** `[…, keys, columns]`. */
  readonly right: Node;
}

export interface WeightGradients {
  readonly ofQuery: Node;
  readonly ofKey: Node;
  /** Wᵀ left, `[…, keys, columns]`. */
  readonly pulled: Node;
}

export function gradientsThroughWeights(
  { query, key, left, right }: ThroughWeights,
  roles: AttentionRoles,
  write: Calculus,
): WeightGradients {
  const { add, contract, merge, slice, softmax, split } = write;
  const { batch, rows, keys, channels, columns } = roles;
  const columnNames = columns.map(({ name }) => name);

  /** Contributions of the rows from … to …, the gradient of the query of those rows only. */
  interface Packed {
    readonly rowCount: number;
    readonly node: Node;
  }
  const shapes = (rowCount: number): readonly (readonly Axis[])[] => [
    [{ name: rows.name, size: rowCount }, channels],
    [keys, channels],
    [keys, ...columns],
  ];
  const parts = ({ rowCount, node }: Packed): readonly Node[] => {
    let to = 0;
    return shapes(rowCount).map((axes) => {
      const from = to;
      to += sizeOf(axes);
      return slice(node, PACKED, from, to);
    });
  };
  const packed = blocksOfRows(roles).map((block): Packed => {
    const rowCount = block.to - block.from;
    const [ownQuery, ownLeft] = [query, left].map((x) => rowsIn(x, roles, block, write));
    const weights = softmax(logitsIn([query, key], roles, block, write), keys.name);
    const pull = contract(ownLeft, right, ...columnNames);
    const ofLogits = softmaxGradient(weights, pull, keys.name, write);
    const contributions = [
      contract(ofLogits, key, keys.name),
      contract(ofLogits, ownQuery, rows.name),
      contract(weights, ownLeft, rows.name),
    ];
    const flat = contributions.map((x, i) => {
      const own = shapes(rowCount)[i];
      const names = own.map(({ name }) => name);
      return merge(inOrder(x, [...batch, ...own], write), names, PACKED);
    });
    return { rowCount, node: write.concat(flat, PACKED) };
  });
  const total = inPairs(packed, (a, b) => {
    const [queryA, ...restA] = parts(a);
    const [queryB, ...restB] = parts(b);
    const sums = restA.map((x, i) => add(x, restB[i]));
    const node = write.concat([queryA, queryB, ...sums], PACKED);
    return { rowCount: a.rowCount + b.rowCount, node };
  });
  const [ofQuery, ofKey, pulled] = parts(total).map((x, i) =>
    split(
      x,
      PACKED,
      Object.fromEntries(shapes(rows.size)[i].map(({ name, size }) => [name, size])),
    ),
  );
  return { ofQuery, ofKey, pulled };
}
