import type { HostTensor, Sizes } from "../tensor/hostTensor.ts";
import type { AttentionAxes, ConvolutionOptions, PoolOptions, Sides } from "./attributes.ts";
import type { Node, Value } from "./node.ts";

/** The operations that gradient rules are written in; each is the node-making function of its name. */
export interface Calculus {
  add(a: Value, b: Value): Node;
  subtract(a: Value, b: Value): Node;
  multiply(a: Value, b: Value): Node;
  divide(a: Value, b: Value): Node;
  power(a: Value, b: Value): Node;
  negate(x: Value): Node;
  log(x: Value): Node;
  exp(x: Value): Node;
  equal(a: Value, b: Value): Node;
  less(a: Value, b: Value): Node;
  lessOrEqual(a: Value, b: Value): Node;
  where(condition: Node, a: Value, b: Value): Node;
  toFloat(x: Value): Node;
  sum(x: Node, ...over: readonly string[]): Node;
  largest(x: Node, ...over: readonly string[]): Node;
  sigmoid(x: Value): Node;
  softmax(x: Node, axis: string, allowed?: Node): Node;
  contract(a: Node, b: Node, ...over: readonly string[]): Node;
  attention(query: Node, key: Node, value: Node, axes: AttentionAxes): Node;
  attentionAdjoint(query: Node, key: Node, x: Node, axes: AttentionAxes): Node;
  expand(x: Value, sizes: Sizes): Node;
  rename(x: Node, names: Readonly<Record<string, string>>): Node;
  reorder(x: Node, order: readonly string[]): Node;
  split(x: Node, axis: string, into: Sizes): Node;
  merge(x: Node, axes: readonly string[], into: string): Node;
  slice(x: Node, axis: string, from: number, to: number): Node;
  concat(parts: readonly Node[], axis: string): Node;
  pad(x: Node, axis: string, before: number, after: number, value?: number): Node;
  flip(x: Node, axis: string): Node;
  gather(x: Node, axis: string, indices: Value): Node;
  scatterAdd(
    x: Node,
    axis: string,
    indices: Value,
    size: number,
    options?: { readonly batch?: readonly string[] },
  ): Node;
  convolve(x: Node, weight: Node, options: ConvolutionOptions): Node;
  convolveTransposed(x: Node, weight: Node, size: Sides<number>, options: ConvolutionOptions): Node;
  convolveWeightAdjoint(
    x: Node,
    upstream: Node,
    kernel: Sides<number>,
    options: ConvolutionOptions,
  ): Node;
  maxPoolIndices(x: Node, options: PoolOptions): Node;
  resample(
    x: Node,
    axis: string,
    weights: HostTensor,
    options: { readonly adjoint: boolean },
  ): Node;
}
