import {
  type Axis,
  describeAxes,
  type HostTensor,
  ShapeError,
  sizeOf,
  toDType,
} from "../../tensor/hostTensor.ts";
import { keptIn } from "../vocabulary.ts";
import { LARGEST_HALF, toHalfFloats } from "./halfFloats.ts";
import { type Domain, ELEMENT, type Element, type OnnxNode, type OnnxTensor } from "./model.ts";
import type { Kernels, OnnxAttribute, OnnxWriter } from "./onnxWriter.ts";

/** What a model keeps its floats in. */
export type ModelPrecision = "float32" | "float16";

/** A writer, and what was written with it. */
export interface ModelWriter extends OnnxWriter {
  readonly nodes: readonly OnnxNode[];
  readonly initialisers: readonly OnnxTensor[];
  /** Add an initialiser of this name. */
  namedConstant(name: string, value: HostTensor): void;
  /** A name that nothing has yet, beginning like this. */
  freshName(beginning: string): string;
}

const LARGEST_SINGLE = 3.4028234663852886e38;
/** Initialisers up to this many bytes are compared by content, longer ones by their array. */
const SHORT = 256;

/**
 * @param taken Names that others have given already.
 */
export function modelWriter(
  kernels: Kernels,
  precision: ModelPrecision,
  taken: Iterable<string>,
): ModelWriter {
  const nodes: OnnxNode[] = [];
  const node: OnnxWriter["node"] = (...said) => outputs(1, ...said)[0];
  const initialisers: OnnxTensor[] = [];
  const names = new Set(taken);
  const written = new Map<string, string>();
  const writtenNodes = new Map<string, readonly string[]>();
  const arrays = new Map<unknown, number>();
  const sizesOf = new Map<string, readonly number[]>();
  const reshapedFrom = new Map<string, string>();
  let count = 0;

  function freshName(beginning: string): string {
    let name = beginning;
    while (names.has(name)) name = `${beginning}_${++count}`;
    names.add(name);
    return name;
  }

  function outputs(
    many: number,
    type: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, OnnxAttribute>> = {},
    domain: Domain = "",
  ): readonly string[] {
    const words = `${domain} ${type} ${JSON.stringify([many, inputs, attributes])}`;
    const known = writtenNodes.get(words);
    if (known !== undefined) return known;
    const names = Array.from({ length: many }, () => freshName(`${type.toLowerCase()}_${++count}`));
    nodes.push({ type, domain, inputs, outputs: names, attributes });
    writtenNodes.set(words, names);
    return names;
  }

  function initialiser(
    name: string,
    element: Element,
    dimensions: readonly number[],
    bytes: Uint8Array,
  ): void {
    initialisers.push({ name, element, dimensions, bytes });
    sizesOf.set(name, dimensions);
  }

  function constant(value: HostTensor): string {
    const words = `constant ${value.dtype} ${value.axes.map(({ size }) => size)} ${inWords(value)}`;
    const known = written.get(words);
    if (known !== undefined) return known;
    const name = freshName(`constant_${++count}`);
    namedConstant(name, value);
    written.set(words, name);
    return name;
  }

  function inWords({ data }: HostTensor): string {
    if (data.byteLength <= SHORT)
      return Array.from(data, (x) => (Object.is(x, -0) ? "-0" : x)).join();
    const number = arrays.get(data) ?? arrays.size;
    arrays.set(data, number);
    return `array ${number}`;
  }

  function namedConstant(name: string, { axes, dtype, data }: HostTensor): void {
    const sizes = axes.map(({ size }) => size);
    if (dtype === "int32" || dtype === "bool") initialiser(name, dtype, sizes, bytesIn(data));
    else if (precision === "float16")
      initialiser(name, precision, sizes, bytesIn(toHalfFloats(data)));
    else initialiser(name, precision, sizes, bytesIn(toDType(data, precision)));
  }

  function integers(values: readonly number[]): string {
    const words = `integers ${values}`;
    const known = written.get(words);
    if (known !== undefined) return known;
    const name = freshName(`integers_${++count}`);
    const bytes = bytesIn(BigInt64Array.from(values, (value) => BigInt(value)));
    initialiser(name, "int64", [values.length], bytes);
    written.set(words, name);
    return name;
  }

  function reshaped(value: string, sizes: readonly number[]): string {
    const known = sizesOf.get(value);
    if (known !== undefined && sameNumbers(known, sizes)) return value;
    const source = reshapedFrom.get(value) ?? value;
    if (source !== value) return reshaped(source, sizes);
    const output = node("Reshape", [source, integers(sizes)]);
    reshapedFrom.set(output, source);
    sizesOf.set(output, sizes);
    return output;
  }

  function transposed(value: string, order: readonly number[]): string {
    if (order.every((from, to) => from === to)) return value;
    const output = node("Transpose", [value], { perm: order });
    const sizes = sizesOf.get(value);
    if (sizes !== undefined)
      sizesOf.set(
        output,
        order.map((from) => sizes[from]),
      );
    return output;
  }

  function aligned(value: string, axes: readonly Axis[], to: readonly Axis[]): string {
    const placeOf = new Map(axes.map(({ name }, place) => [name, place]));
    const order = to.flatMap(({ name }) => placeOf.get(name) ?? []);
    if (order.length !== axes.length) {
      throw new ShapeError(
        `aligned: expected axes that are all among ${describeAxes(to)}, got ${describeAxes(axes)}.`,
      );
    }
    // Axes of size 1 may stand anywhere: only the others have to be moved.
    const moving = order.filter((place) => axes[place].size !== 1);
    const inPlace = moving.every((place, i) => i === 0 || moving[i - 1] < place);
    const own = axes.map(({ size }) => size);
    const inOrder = inPlace ? value : transposed(reshaped(value, own), order);
    const sizes = to.map(({ name }) => (placeOf.has(name) ? own[placeOf.get(name) ?? 0] : 1));
    // Axes in front that it lacks are there by themselves. Where the last axes are of size 1, ONNX
    // Runtime's kernels must see them in both, and one more, or they go entry by entry.
    const first = to.findIndex(({ name }) => placeOf.has(name));
    const long = to.findLastIndex(({ size }) => size !== 1);
    const from = long === to.length - 1 ? to.length : Math.max(long, 0);
    return reshaped(inOrder, sizes.slice(first === -1 ? from : Math.min(first, from)));
  }

  function inFull(value: string, axes: readonly Axis[], to: readonly Axis[]): string {
    const there = aligned(value, axes, to);
    if (sizeOf(axes) === sizeOf(to))
      return reshaped(
        there,
        to.map(({ size }) => size),
      );
    return node("Expand", [there, integers(to.map(({ size }) => size))]);
  }

  return {
    kernels,
    lowest: precision === "float16" ? -LARGEST_HALF : -LARGEST_SINGLE,
    nodes,
    initialisers,
    node,
    outputs,
    constant,
    namedConstant,
    integers,
    cast: (value, kind) => node("Cast", [value], { to: ELEMENT[keptIn(kind, precision)] }),
    transposed,
    reshaped,
    aligned,
    inFull,
    noteSizes: (value, sizes) => void sizesOf.set(value, sizes),
    freshName,
  };
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

function bytesIn({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}
