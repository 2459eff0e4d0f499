/**
 * ONNX models as plain records, and their bytes.
 * (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto, whose field numbers stand below)
 */

import type { OnnxAttribute } from "./onnxWriter.ts";
import { bytesOf, type Message, message } from "./protobuf.ts";

/** Types of elements that we write, by their numbers in the format. */
export const ELEMENT = { float32: 1, int32: 6, int64: 7, bool: 9, float16: 10 } as const;

export type Element = keyof typeof ELEMENT;

/** A size, or the name of one that is known only when the model is run. */
type Dimension = number | string;

/** An input or an output. */
export interface OnnxValue {
  readonly name: string;
  readonly element: Element;
  readonly dimensions: readonly Dimension[];
}

/** Numbers that are part of the model. */
export interface OnnxTensor {
  readonly name: string;
  readonly element: Element;
  readonly dimensions: readonly number[];
  /** Little-endian, the last dimension contiguous. */
  readonly bytes: Uint8Array;
}

export interface OnnxNode {
  readonly type: string;
  readonly domain: Domain;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** Whose operators: the standard's, or ONNX Runtime's own. */
export type Domain = "" | "com.microsoft";

export interface OnnxModel {
  readonly name: string;
  /** Every node after the nodes it reads from. */
  readonly nodes: readonly OnnxNode[];
  readonly initialisers: readonly OnnxTensor[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly producerVersion: string;
  /** What else there is to say of the model: its licence, its recipe, … */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The format's version that came with the operators below. */
const IR_VERSION = 8;
/** Versions of operators that the lowerings are written in. */
const OPERATORS: Readonly<Record<Domain, number>> = { "": 17, "com.microsoft": 1 };

/** The bytes of an `.onnx` file. */
export function encodeModel(model: OnnxModel): Uint8Array {
  const domains = new Set<Domain>(["", ...model.nodes.map(({ domain }) => domain)]);
  return bytesOf(
    message((fields) => {
      fields.integer(1, IR_VERSION);
      fields.text(2, "maskwise");
      fields.text(3, model.producerVersion);
      fields.message(7, encodeGraph(model));
      for (const domain of domains) {
        fields.message(
          8,
          message((set) => {
            set.text(1, domain);
            set.integer(2, OPERATORS[domain]);
          }),
        );
      }
      for (const [key, value] of Object.entries(model.metadata)) {
        fields.message(
          14,
          message((entry) => {
            entry.text(1, key);
            entry.text(2, value);
          }),
        );
      }
    }),
  );
}

function encodeGraph({ name, nodes, initialisers, inputs, outputs }: OnnxModel): Message {
  return message((fields) => {
    for (const node of nodes) fields.message(1, encodeNode(node));
    fields.text(2, name);
    for (const tensor of initialisers) fields.message(5, encodeTensor(tensor));
    for (const value of inputs) fields.message(11, encodeValue(value));
    for (const value of outputs) fields.message(12, encodeValue(value));
  });
}

function encodeNode({ type, domain, inputs, outputs, attributes }: OnnxNode): Message {
  return message((fields) => {
    for (const name of inputs) fields.text(1, name);
    for (const name of outputs) fields.text(2, name);
    // Named like its result, which is unique: tools show and report nodes by name.
    fields.text(3, outputs[0]);
    fields.text(4, type);
    for (const [name, value] of Object.entries(attributes)) {
      fields.message(5, encodeAttribute(name, value));
    }
    if (domain !== "") fields.text(7, domain);
  });
}

/** Numbers of the kinds of attributes. */
const ATTRIBUTE = { float: 1, int: 2, string: 3, ints: 7 } as const;

function encodeAttribute(name: string, value: OnnxAttribute): Message {
  return message((fields) => {
    fields.text(1, name);
    if (typeof value === "string") {
      fields.text(4, value);
      fields.integer(20, ATTRIBUTE.string);
    } else if (Number.isInteger(value)) {
      fields.integer(3, value as number);
      fields.integer(20, ATTRIBUTE.int);
    } else if (Array.isArray(value)) {
      fields.integers(8, value);
      fields.integer(20, ATTRIBUTE.ints);
    } else {
      const { float } = typeof value === "number" ? { float: value } : (value as { float: number });
      fields.float(2, float);
      fields.integer(20, ATTRIBUTE.float);
    }
  });
}

function encodeTensor({ name, element, dimensions, bytes }: OnnxTensor): Message {
  return message((fields) => {
    fields.integers(1, dimensions);
    fields.integer(2, ELEMENT[element]);
    fields.text(8, name);
    fields.bytes(9, bytes);
  });
}

function encodeValue({ name, element, dimensions }: OnnxValue): Message {
  const shape = message((fields) => {
    for (const dimension of dimensions) {
      fields.message(
        1,
        message((one) => {
          if (typeof dimension === "string") one.text(2, dimension);
          else one.integer(1, dimension);
        }),
      );
    }
  });
  const tensor = message((fields) => {
    fields.integer(1, ELEMENT[element]);
    fields.message(2, shape);
  });
  return message((fields) => {
    fields.text(1, name);
    fields.message(
      2,
      message((type) => type.message(1, tensor)),
    );
  });
}
