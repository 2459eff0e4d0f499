/**
 * The words graphs are written in: every primitive operation by name, and what it must be told
 * besides its inputs. Everything that treats operations (the table of rules, the interpreter, …)
 * is total over this list by type: a word that somebody does not know does not compile.
 */

import type { Axis, HostTensor } from "../tensor/hostTensor.ts";
import type { AttentionAxes, Convolution, Sides, Windows } from "./attributes.ts";

/**
 * What a tensor holds. The run chooses `float64` or `float32` for all floats; `int` is 32 bits
 * wide, `bool` is 0 or 1.
 */
export type Kind = "float" | "int" | "bool";

/** What numbers of a kind are kept in, where floats are kept in this. */
export function keptIn<Floats extends string>(
  kind: Kind,
  floats: Floats,
): Floats | "int32" | "bool" {
  switch (kind) {
    case "float":
      return floats;
    case "int":
      return "int32";
    case "bool":
      return "bool";
    default:
      return kind satisfies never;
  }
}

type Nothing = Readonly<Record<never, never>>;

export interface AttributesOf {
  input: { readonly name: string; readonly axes: readonly Axis[]; readonly kind: Kind };
  constant: { readonly value: HostTensor };

  add: Nothing;
  subtract: Nothing;
  multiply: Nothing;
  divide: Nothing;
  power: Nothing;
  maximum: Nothing;
  minimum: Nothing;

  negate: Nothing;
  exp: Nothing;
  log: Nothing;
  sqrt: Nothing;
  abs: Nothing;
  tanh: Nothing;
  sigmoid: Nothing;
  erf: Nothing;
  softplus: Nothing;
  clamp: { readonly from: number; readonly to: number };

  equal: Nothing;
  less: Nothing;
  lessOrEqual: Nothing;
  and: Nothing;
  or: Nothing;
  not: Nothing;
  where: Nothing;
  toFloat: Nothing;

  sum: { readonly over: readonly string[] };
  largest: { readonly over: readonly string[] };
  contract: { readonly over: readonly string[] };
  softmax: { readonly axis: string };
  logSumExp: { readonly axis: string };
  attention: AttentionAxes;
  attentionAdjoint: AttentionAxes;
  logTotals: AttentionAxes;

  convolve: Convolution;
  /** The size of the result. */
  convolveTransposed: Convolution & { readonly size: Sides<number> };
  convolveWeightAdjoint: Convolution & { readonly kernel: Sides<number> };
  maxPool: Windows & { readonly kernel: Sides<number> };
  maxPoolIndices: Windows & { readonly kernel: Sides<number> };
  /** `weights` is `[to, from]`; its adjoint goes the other way. */
  resample: { readonly axis: string; readonly weights: HostTensor; readonly adjoint: boolean };

  /** Old name to new name. */
  rename: { readonly names: Readonly<Record<string, string>> };
  /** Every axis, in its new place. */
  reorder: { readonly order: readonly string[] };
  split: { readonly axis: string; readonly into: readonly Axis[] };
  /** Axes that lie side by side in this order. */
  merge: { readonly axes: readonly string[]; readonly into: string };
  slice: { readonly axis: string; readonly from: number; readonly to: number };
  concat: { readonly axis: string };
  gather: { readonly axis: string };
  scatterAdd: { readonly axis: string; readonly size: number; readonly batch: readonly string[] };
  flip: { readonly axis: string };
  pad: {
    readonly axis: string;
    readonly before: number;
    readonly after: number;
    readonly value: number;
  };
  /** The new axes. */
  expand: { readonly axes: readonly Axis[] };
  stopGradient: Nothing;
}

export type OperationName = keyof AttributesOf;
