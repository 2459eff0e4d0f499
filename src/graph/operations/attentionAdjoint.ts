import type { HasAxes } from "../../tensor/bindAxes.ts";
import { sizeOf } from "../../tensor/hostTensor.ts";
import { layOut } from "../../tensor/layOut.ts";
import type { AttentionAxes } from "../attributes.ts";
import { type AttentionRoles, attentionRoles } from "../fusedAttention/attentionAxes.ts";
import {
  blocksOfRows,
  inOrder,
  inPairs,
  logitsIn,
  rowsIn,
} from "../fusedAttention/attentionBlocks.ts";
import { gradientsThroughWeights } from "../fusedAttention/attentionGradients.ts";
import { forEachRows, linesOf, transposed } from "../fusedAttention/attentionRows.ts";
import { multiplyMatrices } from "../kernels/matrixProduct.ts";
import { softmaxLines } from "../kernels/softmaxLines.ts";
import type { Node } from "../node.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { commonKind } from "../shapes.ts";

export const attentionAdjointOperation: Operation<"attentionAdjoint"> = {
  name: "attentionAdjoint",
  shape: (inputs, axes) => {
    const kind = commonKind("attentionAdjoint", inputs, ["float"]);
    const { batch, keys, columns } = rolesOf(inputs, axes);
    return { axes: [...batch, keys, ...columns], kind };
  },
  evaluate: (inputs, attributes, target, spare) => {
    const roles = rolesOf(inputs, attributes);
    const { batch, rows, keys, columns } = roles;
    const width = sizeOf(columns);
    const x = layOut(inputs[2], [...batch, rows, ...columns]);
    const totals = new Float64Array(sizeOf(target.axes));
    const part = new Float64Array(keys.size * width);
    forEachRows(inputs, roles, ({ entry, from, count, logits }) => {
      softmaxLines(logits, logits, undefined, { outer: count, size: keys.size, inner: 1 });
      multiplyMatrices(
        part,
        transposed(linesOf(logits, 0, count, keys.size)),
        transposed(linesOf(x, entry * rows.size + from, count, width)),
        1,
      );
      const to = entry * part.length;
      for (let i = 0; i < part.length; i++) totals[to + i] += part[i];
    });
    const data = arrayFor(target, spare);
    data.set(totals);
    return { ...target, data };
  },
  gradient: (inputs, output, upstream, write) => {
    const [query, key, x] = inputs;
    const axes = output.attributes;
    const roles = rolesOf(inputs, axes);
    const { ofQuery, ofKey } = gradientsThroughWeights(
      { query, key, left: x, right: upstream },
      roles,
      write,
    );
    return [ofQuery, ofKey, write.attention(query, key, upstream, axes)];
  },
  decompose: (inputs, output, write) => {
    const [query, key, x] = inputs;
    const roles = rolesOf(inputs, output.attributes);
    const blocks = blocksOfRows(roles).map((block) => {
      const weights = write.softmax(logitsIn([query, key], roles, block, write), roles.keys.name);
      return write.contract(weights, rowsIn(x, roles, block, write), roles.rows.name);
    });
    return inOrder(inPairs(blocks, write.add), output.axes, write);
  },
};

function rolesOf([query, key, x]: readonly HasAxes[], axes: AttentionAxes): AttentionRoles {
  const weighed = { role: "x", tensor: x, along: "rows" } as const;
  return attentionRoles("attentionAdjoint", query, key, axes, weighed);
}

/**
 * The adjoint of attention in its value: what every key is asked for, by all rows together.
 *
 *     out[j] = Σ_i W[i,j] x[i]            W as in `attention`, a row sums to one over the keys
 *
 * It is what EM gathers for a key (Wᵀq and Wᵀ1), and the gradient of attention in its value.
 *
 * @param query `[…, rows, channels]`.
 * @param key   `[…, keys, channels]`.
 * @param x     `[…, rows, columns]`, with any number of columns.
 * @param axes  What `rows`, `keys` and `channels` are called.
 * @returns     `[…, keys, columns]`.
 * @throws {ShapeError} When an axis is missing, where it should not be, or of two sizes.
 * @throws {TypeError} When an input is not float.
 */
export function attentionAdjoint(query: Node, key: Node, x: Node, axes: AttentionAxes): Node {
  return apply(attentionAdjointOperation, [query, key, x], axes);
}
