/**
 * A graph as an ONNX model: every operation by its own lowering, one after the other.
 *
 * Names of axes are gone in the result; their order is kept. What holds no numbers, or is made of
 * tensors that hold none, is written as a constant: kernels disagree about empty tensors.
 */

import { type Axis, allocate, type HostTensor, sizeOf } from "../../tensor/hostTensor.ts";
import { givenFor } from "../checkInput.ts";
import type { Graph } from "../graph.ts";
import type { Node, NodeOf } from "../node.ts";
import { calculus } from "../operations/calculus.ts";
import { operations } from "../operations/table.ts";
import { type Kind, keptIn, type OperationName } from "../vocabulary.ts";
import { ELEMENT, type OnnxModel, type OnnxNode, type OnnxValue } from "./model.ts";
import type { Kernels } from "./onnxWriter.ts";
import { type ModelPrecision, type ModelWriter, modelWriter } from "./writer.ts";

export interface LowerOptions {
  /** Inputs whose values are known: they become part of the model, under their names. */
  readonly constants?: Readonly<Record<string, HostTensor>>;
  /** Whose kernels the model is for. @default "cpu" */
  readonly kernels?: Kernels;
  /** What floats are kept in; inputs and outputs are single precision all the same. @default "float32" */
  readonly precision?: ModelPrecision;
}

export interface LoweredGraph {
  readonly model: Pick<OnnxModel, "nodes" | "initialisers" | "inputs" | "outputs">;
  /** What each output of the graph is called in the model. */
  readonly outputNames: Readonly<Record<string, string>>;
}

/**
 * @throws {TypeError} When a constant holds another kind than its input.
 * @throws {ShapeError} When it has other axes, or the same in another order.
 */
export function lower(
  graph: Graph,
  { constants = {}, kernels = "cpu", precision = "float32" }: LowerOptions = {},
): LoweredGraph {
  const writer = modelWriter(kernels, precision, [
    ...Object.keys(graph.inputs),
    ...Object.keys(graph.outputs),
  ]);
  const values = new Map<Node, string>();
  const valueIn = (node: Node): string => {
    const known = values.get(node);
    if (known !== undefined) return known;
    const value = isKnown(node)
      ? writer.constant(knownValue(node))
      : nodeValue(node, node.inputs.map(valueIn), writer, valueIn);
    writer.noteSizes(value, sizesOf(node.axes));
    values.set(node, value);
    return value;
  };
  const inputs: OnnxValue[] = [];
  for (const [name, node] of Object.entries(graph.inputs)) {
    if (Object.hasOwn(constants, name)) {
      writer.namedConstant(name, givenFor("constants", node, constants));
      values.set(node, name);
    } else {
      inputs.push(valueInfo(name, node));
      const value = inside(name, node.kind, precision, writer);
      writer.noteSizes(value, sizesOf(node.axes));
      values.set(node, value);
    }
  }
  // In the graph's order, so that an operation's inputs are there and nothing goes deep.
  for (const node of graph.order) valueIn(node);
  const { nodes, outputs, outputNames } = withOutputs(graph, valueIn, precision, writer);
  const used = new Set(nodes.flatMap((node) => node.inputs));
  const initialisers = writer.initialisers.filter(({ name }) => used.has(name));
  return { model: { nodes, initialisers, inputs, outputs }, outputNames };
}

/** Whether a value is known before any input is: it holds nothing, or comes from nothing. */
function isKnown({ axes, inputs }: Node): boolean {
  return (
    sizeOf(axes) === 0 || (inputs.length > 0 && inputs.every((input) => sizeOf(input.axes) === 0))
  );
}

function knownValue<Name extends OperationName>(node: NodeOf<Name> & Node): HostTensor {
  const { axes, kind, inputs, attributes } = node as NodeOf<Name>;
  if (sizeOf(axes) === 0) return nothing(axes, kind);
  const empty = inputs.map((input) => nothing(input.axes, input.kind));
  const rules = operations[node.operation as Name];
  return rules.evaluate(empty, attributes, { axes, dtype: keptIn(kind, "float32") });
}

function nothing(axes: readonly Axis[], kind: Kind): HostTensor {
  const dtype = keptIn(kind, "float32");
  return { axes, dtype, data: allocate(0, dtype) };
}

/** By the operation's kernel where there is one, else by what it is made of. */
function nodeValue<Name extends OperationName>(
  node: NodeOf<Name> & Node,
  inputs: readonly string[],
  writer: ModelWriter,
  valueIn: (node: Node) => string,
): string {
  const { name, onnx, decompose } = operations[node.operation as Name];
  const value = onnx?.(inputs, node, writer);
  if (value !== undefined) return value;
  if (decompose === undefined) {
    throw new TypeError(`lower: expected "${name}" to have an ONNX lowering or a decomposition.`);
  }
  return valueIn(decompose(node.inputs, node, calculus));
}

/** The nodes with their results called as the graph's outputs are. */
function withOutputs(
  graph: Graph,
  valueIn: (node: Node) => string,
  precision: ModelPrecision,
  writer: ModelWriter,
): Pick<OnnxModel, "nodes" | "outputs"> & Pick<LoweredGraph, "outputNames"> {
  const computed = new Set(writer.nodes.flatMap((node) => node.outputs));
  const renamed = new Map<string, string>();
  const outputNames: Record<string, string> = {};
  const last: OnnxNode[] = [];
  const outputs = Object.entries(graph.outputs).map(([name, node]) => {
    // ONNX knows one set of names; a training step has weights coming in and going out.
    const called = Object.hasOwn(graph.inputs, name) ? writer.freshName(`${name}_out`) : name;
    outputNames[name] = called;
    const value = valueIn(node);
    const asOutput = { domain: "", inputs: [value], outputs: [called] } as const;
    if (node.kind === "float" && precision === "float16") {
      last.push({ ...asOutput, type: "Cast", attributes: { to: ELEMENT.float32 } });
    } else if (computed.has(value) && !renamed.has(value)) {
      renamed.set(value, called);
    } else {
      last.push({ ...asOutput, type: "Identity", attributes: {} });
    }
    return valueInfo(called, node);
  });
  const nameOf = (value: string): string => renamed.get(value) ?? value;
  const nodes = [...writer.nodes, ...last].map((node) => ({
    ...node,
    inputs: node.inputs.map(nameOf),
    outputs: node.outputs.map(nameOf),
  }));
  return { nodes, outputs, outputNames };
}

function valueInfo(name: string, { axes, kind }: Node): OnnxValue {
  return { name, element: keptIn(kind, "float32"), dimensions: sizesOf(axes) };
}

function inside(value: string, kind: Kind, precision: ModelPrecision, writer: ModelWriter): string {
  return kind === "float" && precision === "float16" ? writer.cast(value, kind) : value;
}

function sizesOf(axes: readonly Axis[]): number[] {
  return axes.map(({ size }) => size);
}
