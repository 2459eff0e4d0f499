/**
 * NumPy's arrays: `\x93NUMPY`, a version, a header in Python's syntax, and the numbers.
 *
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */

import { FormatError } from "../formatError.ts";

/** An array of numbers or of texts, row-major. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number> | readonly string[];
}

const MAGIC = "\u0093NUMPY";
const HEADER_AT = 10;
/** The numbers begin at a multiple of this. */
const ALIGNMENT = 64;

/** Arrays that are written: truth values, 16-bit and 32-bit numbers, texts. */
type Written =
  | { readonly dtype: "|b1"; readonly data: Uint8Array }
  | { readonly dtype: "<i4"; readonly data: Int32Array }
  | { readonly dtype: "<f4"; readonly data: Float32Array }
  | { readonly dtype: "text"; readonly data: readonly string[] };

export function npyBytes(shape: readonly number[], array: Written): Uint8Array {
  const { descr, body } = array.dtype === "text" ? texts(array.data) : numbers(array);
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const length = Math.ceil((HEADER_AT + header.length + 1) / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(length + body.length);
  const text = `${MAGIC}\u0001\u0000  ${header.padEnd(length - HEADER_AT - 1)}\n`;
  for (let i = 0; i < length; i++) bytes[i] = text.charCodeAt(i);
  new DataView(bytes.buffer).setUint16(8, length - HEADER_AT, true);
  bytes.set(body, length);
  return bytes;
}

function numbers({ dtype, data }: Exclude<Written, { dtype: "text" }>) {
  const body = new Uint8Array(data.length * data.BYTES_PER_ELEMENT);
  const view = new DataView(body.buffer);
  for (let i = 0; i < data.length; i++) {
    if (dtype === "|b1") body[i] = data[i];
    else if (dtype === "<i4") view.setInt32(4 * i, data[i], true);
    else view.setFloat32(4 * i, data[i], true);
  }
  return { descr: dtype, body };
}

/** Texts of one length, 4 bytes a character, filled up with zeros. */
function texts(data: readonly string[]) {
  const points = data.map((text) => Array.from(text, (character) => character.codePointAt(0) ?? 0));
  const length = points.reduce((most, text) => Math.max(most, text.length), 1);
  const body = new Uint8Array(4 * length * data.length);
  const view = new DataView(body.buffer);
  points.forEach((text, i) => {
    text.forEach((point, j) => {
      view.setUint32(4 * (i * length + j), point, true);
    });
  });
  return { descr: `<U${length}`, body };
}

type ReadNumber = (view: DataView, at: number) => number;

/** Numbers by kind and size; big-endian ones do not occur on today's machines. */
const NUMBERS: Readonly<Record<string, ReadNumber>> = {
  b1: (view, at) => view.getUint8(at),
  u1: (view, at) => view.getUint8(at),
  i1: (view, at) => view.getInt8(at),
  u2: (view, at) => view.getUint16(at, true),
  i2: (view, at) => view.getInt16(at, true),
  u4: (view, at) => view.getUint32(at, true),
  i4: (view, at) => view.getInt32(at, true),
  u8: (view, at) => Number(view.getBigUint64(at, true)),
  i8: (view, at) => Number(view.getBigInt64(at, true)),
  f4: (view, at) => view.getFloat32(at, true),
  f8: (view, at) => view.getFloat64(at, true),
};

/** @throws {FormatError} Not such an array, truncated, or of Python objects. */
export function npyArray(operation: string, bytes: Uint8Array): NpyArray {
  const header = headerOf(operation, bytes);
  const descr = /'descr': '([<|=>])(\w)(\d+)'/.exec(header.text);
  const order = /'fortran_order': (True|False)/.exec(header.text);
  const shape = /'shape': \(((?:\d+,? ?)*)\)/.exec(header.text);
  if (descr === null || order === null || shape === null || descr[1] === ">") {
    throw new FormatError(
      `${operation}: expected an array of numbers or texts, got one with ${JSON.stringify(header.text.slice(0, 80))}.`,
    );
  }
  const sizes = (shape[1].match(/\d+/g) ?? []).map(Number);
  const count = sizes.reduce((product, size) => product * size, 1);
  const isText = descr[2] === "U";
  const itemBytes = isText ? 4 * Number(descr[3]) : Number(descr[3]);
  if (!(bytes.length - header.end === count * itemBytes)) {
    throw new FormatError(
      `${operation}: expected ${count} items of ${itemBytes} bytes, got ${bytes.length - header.end} bytes. Copy the file again.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + header.end);
  const read = NUMBERS[`${descr[2]}${descr[3]}`];
  if (isText) return { shape: sizes, data: textsIn(operation, view, count, itemBytes) };
  if (read === undefined) {
    throw new FormatError(`${operation}: expected numbers, got "${descr[2]}${descr[3]}".`);
  }
  const data = new Float64Array(count);
  for (let i = 0; i < count; i++) data[i] = read(view, i * itemBytes);
  return { shape: sizes, data: order[1] === "True" ? rowMajor(data, sizes) : data };
}

function headerOf(operation: string, bytes: Uint8Array): { text: string; end: number } {
  const isNpy = MAGIC.split("").every((character, i) => bytes[i] === character.charCodeAt(0));
  if (!isNpy || bytes.length < HEADER_AT + 2) {
    throw new FormatError(`${operation}: expected an array of NumPy, got something else.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const isLong = bytes[6] >= 2;
  const start = isLong ? HEADER_AT + 2 : HEADER_AT;
  const end = start + (isLong ? view.getUint32(8, true) : view.getUint16(8, true));
  if (end > bytes.length) {
    throw new FormatError(`${operation}: expected a whole array of NumPy, got its beginning.`);
  }
  return { text: new TextDecoder("latin1").decode(bytes.subarray(start, end)), end };
}

function textsIn(
  operation: string,
  view: DataView,
  count: number,
  bytes: number,
): readonly string[] {
  return Array.from({ length: count }, (_, i) => {
    let text = "";
    for (let at = 0; at < bytes; at += 4) {
      const point = view.getUint32(i * bytes + at, true);
      if (point > 0x10ffff)
        throw new FormatError(`${operation}: expected texts, got no character.`);
      if (point !== 0) text += String.fromCodePoint(point);
    }
    return text;
  });
}

/** From column-major to row-major. */
function rowMajor(data: Float64Array, shape: readonly number[]): Float64Array {
  const result = new Float64Array(data.length);
  const index = shape.map(() => 0);
  for (let from = 0; from < data.length; from++) {
    let to = 0;
    shape.forEach((size, axis) => {
      to = to * size + index[axis];
    });
    result[to] = data[from];
    for (let axis = 0; axis < shape.length && ++index[axis] === shape[axis]; axis++)
      index[axis] = 0;
  }
  return result;
}
