/** Attention, its adjoint and log totals on some operands, in three ways that must agree. */

import type { Node, NodeOf } from "../../src/graph/node.ts";
import { attention } from "../../src/graph/operations/attention.ts";
import { attentionAdjoint } from "../../src/graph/operations/attentionAdjoint.ts";
import { calculus } from "../../src/graph/operations/calculus.ts";
import { contract } from "../../src/graph/operations/contract.ts";
import { logSumExp } from "../../src/graph/operations/logSumExp.ts";
import { logTotals } from "../../src/graph/operations/logTotals.ts";
import { softmax } from "../../src/graph/operations/softmax.ts";
import { operations } from "../../src/graph/operations/table.ts";
import { axesOf, type HostTensor, type Sizes } from "../../src/tensor/hostTensor.ts";
import { normalTensor } from "./namedTensors.ts";

export const AXES = { rows: "queries", keys: "keys", channels: "channels" };

/** Standard normal numbers. */
export function normal(sizes: Sizes, seed: number): HostTensor {
  return normalTensor(axesOf("test", sizes), seed);
}

export interface Operands {
  readonly query: Node;
  readonly key: Node;
  readonly value: Node;
  readonly x: Node;
}

/** The three operations on some operands. */
export function threeOf({ query, key, value, x }: Operands): readonly Node[] {
  return [
    attention(query, key, value, AXES),
    attentionAdjoint(query, key, x, AXES),
    logTotals(query, key, AXES),
  ];
}

/** The same in plain operations with all weights at hand. */
export function plainly({ query, key, value, x }: Operands): readonly Node[] {
  const logits = contract(query, key, "channels");
  const weights = softmax(logits, "keys");
  return [
    contract(weights, value, "keys"),
    contract(weights, x, "queries"),
    logSumExp(logits, "keys"),
  ];
}

/** The node as a device without a kernel for it computes it. */
export function decomposed(node: Node): Node {
  const write = <Name extends Node["operation"]>(of: NodeOf<Name>): Node => {
    const rule = operations[of.operation].decompose;
    if (rule === undefined) throw new TypeError(`${of.operation} has no decomposition`);
    return rule(of.inputs, of, calculus);
  };
  return write(node);
}
