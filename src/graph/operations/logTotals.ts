import type { AttentionAxes } from "../attributes.ts";
import { attentionRoles } from "../fusedAttention/attentionAxes.ts";
import { blocksOfRows, inOrder, joined, logitsIn } from "../fusedAttention/attentionBlocks.ts";
import { forEachRows } from "../fusedAttention/attentionRows.ts";
import { logSumExpLines } from "../kernels/softmaxLines.ts";
import type { Node } from "../node.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { commonKind } from "../shapes.ts";

export const logTotalsOperation: Operation<"logTotals"> = {
  name: "logTotals",
  shape: (inputs, axes) => {
    const kind = commonKind("logTotals", inputs, ["float"]);
    const [query, key] = inputs;
    const { batch, rows } = attentionRoles("logTotals", query, key, axes);
    return { axes: [...batch, rows], kind };
  },
  evaluate: (inputs, attributes, target, spare) => {
    const roles = attentionRoles("logTotals", inputs[0], inputs[1], attributes);
    const { rows, keys } = roles;
    const data = arrayFor(target, spare);
    forEachRows(inputs, roles, ({ entry, from, count, logits }) => {
      const to = entry * rows.size + from;
      const around = { outer: count, size: keys.size, inner: 1 };
      logSumExpLines(data.subarray(to, to + count), logits, undefined, around);
    });
    return { ...target, data };
  },
  gradient: ([query, key], { attributes }, upstream, write) => [
    write.multiply(upstream, write.attention(query, key, key, attributes)),
    write.attentionAdjoint(query, key, write.multiply(query, upstream), attributes),
  ],
  decompose: ([query, key], output, write) => {
    const { attributes } = output;
    const roles = attentionRoles("logTotals", query, key, attributes);
    const blocks = blocksOfRows(roles).map((block) => {
      const logits = logitsIn([query, key], roles, block, write);
      // The largest weight is e^(its logit) / total: with softmax at hand no other exponential.
      const largestWeight = write.largest(write.softmax(logits, roles.keys.name), roles.keys.name);
      const largest = write.largest(logits, roles.keys.name);
      // A row without any logit above −∞ has no weights.
      const isEmpty = write.equal(largest, -Infinity);
      return write.where(isEmpty, -Infinity, write.subtract(largest, write.log(largestWeight)));
    });
    return inOrder(joined(blocks, roles, write), output.axes, write);
  },
};

/**
 * What the weights of attention are divided by, as a logarithm: `out[i] = log Σ_j e^(q[i] · k[j])`.
 *
 * @param query `[…, rows, channels]`.
 * @param key   `[…, keys, channels]`.
 * @param axes  What `rows`, `keys` and `channels` are called.
 * @returns     `[…, rows]`.
 * @throws {ShapeError} When an axis is missing, where it should not be, or of two sizes.
 * @throws {TypeError} When an input is not float.
 */
export function logTotals(query: Node, key: Node, axes: AttentionAxes): Node {
  return apply(logTotalsOperation, [query, key], axes);
}
