import type { HasAxes } from "../../tensor/bindAxes.ts";
import { sizeOf } from "../../tensor/hostTensor.ts";
import { layOut } from "../../tensor/layOut.ts";
import type { AttentionAxes } from "../attributes.ts";
import { type AttentionRoles, attentionRoles } from "../fusedAttention/attentionAxes.ts";
import { blocksOfRows, inOrder, joined, logitsIn } from "../fusedAttention/attentionBlocks.ts";
import { gradientsThroughWeights } from "../fusedAttention/attentionGradients.ts";
import { forEachRows, linesOf, transposed } from "../fusedAttention/attentionRows.ts";
import { multiplyMatrices } from "../kernels/matrixProduct.ts";
import { softmaxLines } from "../kernels/softmaxLines.ts";
import type { Node } from "../node.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { commonKind } from "../shapes.ts";

export const attentionOperation: Operation<"attention"> = {
  name: "attention",
  shape: (inputs, axes) => {
    const kind = commonKind("attention", inputs, ["float"]);
    const { batch, rows, columns } = rolesOf(inputs, axes);
    return { axes: [...batch, rows, ...columns], kind };
  },
  evaluate: (inputs, attributes, target, spare) => {
    const roles = rolesOf(inputs, attributes);
    const { batch, rows, keys, columns } = roles;
    const width = sizeOf(columns);
    const values = layOut(inputs[2], [...batch, keys, ...columns]);
    const data = arrayFor(target, spare);
    forEachRows(inputs, roles, ({ entry, from, count, logits }) => {
      softmaxLines(logits, logits, undefined, { outer: count, size: keys.size, inner: 1 });
      const to = (entry * rows.size + from) * width;
      multiplyMatrices(
        data.subarray(to, to + count * width),
        linesOf(logits, 0, count, keys.size),
        transposed(linesOf(values, entry * keys.size, keys.size, width)),
        1,
      );
    });
    return { ...target, data };
  },
  gradient: (inputs, output, upstream, write) => {
    const [query, key, value] = inputs;
    const roles = rolesOf(inputs, output.attributes);
    const { ofQuery, ofKey, pulled } = gradientsThroughWeights(
      { query, key, left: upstream, right: value },
      roles,
      write,
    );
    return [ofQuery, ofKey, pulled];
  },
  onnx: (values, { inputs, axes, attributes }, write) => {
    // The kernel for WebGPU computes wrong numbers, and the one for CPUs wants numbers.
    const isEmpty = inputs.some((input) => sizeOf(input.axes) === 0);
    if (write.kernels !== "cpu" || isEmpty) return undefined;
    const { batch, rows, keys, channels, columns } = rolesOf(inputs, attributes);
    const [query, key, value] = [
      [[rows], [channels]],
      [[keys], [channels]],
      [[keys], columns],
    ].map(([lines, terms], i) => {
      const full = write.inFull(values[i], inputs[i].axes, [...batch, ...lines, ...terms]);
      return write.reshaped(full, [sizeOf(batch), sizeOf(lines), sizeOf(terms)]);
    });
    const out = write.node(
      "MultiHeadAttention",
      [query, key, value],
      { num_heads: 1, scale: { float: 1 } },
      "com.microsoft",
    );
    return write.reshaped(
      out,
      axes.map(({ size }) => size),
    );
  },
  decompose: (inputs, output, write) => {
    const [query, key, value] = inputs;
    const roles = rolesOf(inputs, output.attributes);
    const blocks = blocksOfRows(roles).map((block) => {
      const weights = write.softmax(logitsIn([query, key], roles, block, write), roles.keys.name);
      return write.contract(weights, value, roles.keys.name);
    });
    return inOrder(joined(blocks, roles, write), output.axes, write);
  },
};

function rolesOf([query, key, value]: readonly HasAxes[], axes: AttentionAxes): AttentionRoles {
  const weighed = { role: "value", tensor: value, along: "keys" } as const;
  return attentionRoles("attention", query, key, axes, weighed);
}

/**
 * Attention: what every row expects, given how well its query meets each key.
 *
 *     out[i] = Σ_j W[i,j] value[j]        W[i,j] = e^(q[i] · k[j]) / Σ_j e^(q[i] · k[j])
 *
 * Nothing scales or masks the logits: what else they hold, a precision, a squared length, a log
 * prior, enters as further channels of query and key. W is never made as a whole. Every row needs a
 * logit above −∞: of one without, the interpreter makes 0, and a device may make NaN.
 *
 * @param query `[…, rows, channels]`.
 * @param key   `[…, keys, channels]`.
 * @param value `[…, keys, columns]`, with any number of columns. Axes that query or key has besides
 *              those named are batch axes; an operand that lacks one is repeated along it.
 * @param axes  What `rows`, `keys` and `channels` are called.
 * @returns     `[…, rows, columns]`.
 * @throws {ShapeError} When an axis is missing, where it should not be, or of two sizes.
 * @throws {TypeError} When an input is not float.
 */
export function attention(query: Node, key: Node, value: Node, axes: AttentionAxes): Node {
  return apply(attentionOperation, [query, key, value], axes);
}
