/**
 * Operations that work entry by entry on tensors aligned by name. What they share is here: the
 * shape rules, and the walk along lines; each operation brings its own loop along one line, so that
 * no function is called per entry.
 */

import type { Axis, HostTensor, TensorData } from "../../tensor/hostTensor.ts";
import { forEachLine, sameLayout, stridesAlong } from "../../tensor/layOut.ts";
import type { Node, NodeOf, Shape, Value } from "../node.ts";
import type { OnnxWriter } from "../onnx/onnxWriter.ts";
import { apply, arrayFor, type Operation } from "../operation.ts";
import { constantOfKind } from "../operations/constant.ts";
import { alignAxes, commonKind } from "../shapes.ts";
import type { AttributesOf, Kind, OperationName } from "../vocabulary.ts";

/** Operations that are told nothing besides their inputs. */
type Plain = {
  [Name in OperationName]: Readonly<Record<never, never>> extends AttributesOf[Name] ? Name : never;
}[OperationName];

/** What an operation takes, and what it makes of it; `"same"` as it takes. */
export interface KindRule {
  readonly takes: readonly Kind[];
  readonly makes: Kind | "same";
}

export const NUMBERS: KindRule = { takes: ["float", "int"], makes: "same" };
export const FLOATS: KindRule = { takes: ["float"], makes: "same" };
export const COMPARED: KindRule = { takes: ["float", "int"], makes: "bool" };
export const TRUTHS: KindRule = { takes: ["bool"], makes: "same" };

/** `out[i] = f(x[i])` for every entry. */
export type UnaryLoop = (out: TensorData, x: TensorData) => void;

/**
 * The lowering of an operation that ONNX has too: its operands brought to where their axes belong,
 * since ONNX aligns by position.
 */
export function entrywise(type: string): OnnxRule {
  return (inputs, output, write) => write.node(type, operandsOf(inputs, output, write));
}

/** The operands of an entrywise operation, ready to be broadcast to the axes of its output. */
export function operandsOf(
  inputs: readonly string[],
  output: Shape & { readonly inputs: readonly Shape[] },
  write: OnnxWriter,
): string[] {
  return inputs.map((value, i) => write.aligned(value, output.inputs[i].axes, output.axes));
}

type OnnxRule = (
  inputs: readonly string[],
  output: Shape & { readonly inputs: readonly Shape[] },
  write: OnnxWriter,
) => string;

/** What else an operation must bring, besides its loop. */
type Rules<Name extends OperationName> = Pick<Operation<Name>, "gradient" | "onnx">;

/** An operation on every entry of one tensor. */
export function unary<Name extends Plain>(
  name: Name,
  rule: KindRule,
  loop: UnaryLoop,
  rules: Rules<Name>,
): Operation<Name> {
  return {
    name,
    entrywise: true,
    ...rules,
    shape: (inputs) => {
      const kind = commonKind(name, inputs, rule.takes);
      return { axes: inputs[0].axes, kind: rule.makes === "same" ? kind : rule.makes };
    },
    evaluate: ([x], _, target, spare) => {
      const data = arrayFor(target, spare);
      loop(data, x.data);
      return { axes: target.axes, dtype: target.dtype, data };
    },
  };
}

/** `out[to + n · toStep] = f(a[i + n · aStep], b[j + n · bStep])` for n from 0 to `count`. */
export type BinaryLoop = (
  count: number,
  out: TensorData,
  to: number,
  toStep: number,
  a: TensorData,
  i: number,
  aStep: number,
  b: TensorData,
  j: number,
  bStep: number,
) => void;

/** An operation on the entries of two tensors that belong together by the names of their axes. */
export function binary<Name extends Plain>(
  name: Name,
  rule: KindRule,
  loop: BinaryLoop,
  rules: Rules<Name>,
): Operation<Name> {
  return {
    name,
    entrywise: true,
    ...rules,
    shape: ([a, b]) => {
      const kind = commonKind(name, [a, b], rule.takes);
      return {
        axes: alignAxes(name, { a, b }),
        kind: rule.makes === "same" ? kind : rule.makes,
      };
    },
    evaluate: ([a, b], _, target, spare) => {
      const { axes, dtype } = target;
      const data = arrayFor(target, spare);
      const aStep = plainStep(a, axes);
      const bStep = plainStep(b, axes);
      if (aStep !== undefined && bStep !== undefined) {
        loop(data.length, data, 0, 1, a.data, 0, aStep, b.data, 0, bStep);
      } else {
        const strides = [axes, a.axes, b.axes].map((own) => stridesAlong(axes, own));
        forEachLine(axes, strides, (count, from, step) => {
          const [to, i, j] = from;
          loop(count, data, to, step[0], a.data, i, step[1], b.data, j, step[2]);
        });
      }
      return { axes, dtype, data };
    },
  };
}

/** The step through a tensor that makes one line of it all: 1 in the same layout, 0 for a number. */
function plainStep(tensor: HostTensor, axes: readonly Axis[]): 0 | 1 | undefined {
  if (sameLayout(tensor.axes, axes)) return 1;
  return tensor.data.length === 1 ? 0 : undefined;
}

/** The node of a unary operation; a number counts as a float, or as what the operation is for. */
export function applyUnary<Name extends Plain>(operation: Operation<Name>, x: Value): NodeOf<Name> {
  return apply(operation, [constantOfKind(x, "float")], {} as AttributesOf[Name]);
}

/** The node of a binary operation; a number takes the kind of what it meets, two are floats. */
export function applyBinary<Name extends Plain>(
  operation: Operation<Name>,
  a: Value,
  b: Value,
): NodeOf<Name> {
  const kind = kindBeside(a, b);
  const inputs: readonly Node[] = [constantOfKind(a, kind), constantOfKind(b, kind)];
  return apply(operation, inputs, {} as AttributesOf[Name]);
}

/** The kind numbers take among these values: that of the first tensor, else float. */
export function kindBeside(...values: readonly Value[]): Kind {
  for (const value of values) if (typeof value !== "number") return value.kind;
  return "float";
}
