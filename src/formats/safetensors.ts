/**
 * Tensors in a file: the safetensors format, read and written.
 *
 *     8 bytes  n, the length of the header, little-endian
 *     n bytes  JSON: name → { dtype, shape, data_offsets: [from, to] }, padded with spaces
 *     the rest the numbers, little-endian, row-major, without holes or overlaps
 *
 * Shapes are positional here; who reads a file knows what its axes mean and names them.
 *
 * @see https://huggingface.co/docs/safetensors, "Format".
 */

import { FormatError } from "./formatError.ts";
import { at, type Field, listAt, parseJson, textAt, wholeAt, wrong } from "./jsonFields.ts";

export type StoredDType = "F64" | "F32" | "I32" | "BOOL";

/** One tensor of a file. `data` holds as many numbers as the product of `shape`. */
export type StoredTensor =
  | { readonly dtype: "F64"; readonly shape: readonly number[]; readonly data: Float64Array }
  | { readonly dtype: "F32"; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly dtype: "I32"; readonly shape: readonly number[]; readonly data: Int32Array }
  /** One byte each, 0 or 1. */
  | { readonly dtype: "BOOL"; readonly shape: readonly number[]; readonly data: Uint8Array };

/** What a safetensors file says: tensors by name, and notes about them. */
export interface Safetensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** The file's `__metadata__`: texts by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Bytes per number, widest first: the order in which tensors are written, so that all lie aligned. */
const BYTES: Readonly<Record<StoredDType, number>> = { F64: 8, F32: 4, I32: 4, BOOL: 1 };
const WIDEST = 8;
const LENGTH_BYTES = 8;
const METADATA = "__metadata__";

/** Longer headers are refused before they are parsed; the format's own limit. */
const MAX_HEADER_BYTES = 100e6;

/**
 * Read a safetensors file.
 *
 * Tensors that lie aligned in `bytes` are views of them, not copies: leave the bytes alone as long
 * as the tensors are used.
 *
 * @throws {FormatError} Truncated, a header that is too long or not JSON, a dtype other than F64,
 *   F32, I32 and BOOL, a shape that does not fit its bytes, tensors that overlap or leave a hole, or
 *   a bool that is neither 0 nor 1; the message begins with the path to the fault.
 */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  const headerBytes = headerOf(bytes);
  const header = parseJson("readSafetensors", headerBytes);
  if (!isRecord(header.value)) {
    throw wrong({ ...header, path: "readSafetensors: the header" }, "an object");
  }
  const body = bytes.subarray(LENGTH_BYTES + headerBytes.length);
  const names = Object.keys(header.value).filter((name) => name !== METADATA);
  const entries = names.map((name) => entryOf(at(header, name)));
  checkCover(entries, body.length);
  return {
    tensors: new Map(entries.map((entry, index) => [names[index], tensorOf(entry, body)])),
    metadata: metadataOf(at(header, METADATA)),
  };
}

interface Entry {
  readonly path: string;
  readonly dtype: StoredDType;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

function headerOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length < LENGTH_BYTES) {
    throw new FormatError(
      `readSafetensors: expected at least ${LENGTH_BYTES} bytes, got ${bytes.length}.`,
    );
  }
  const length = Number(
    new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES).getBigUint64(0, true),
  );
  if (length > MAX_HEADER_BYTES) {
    throw new FormatError(
      `readSafetensors: expected a header of at most ${MAX_HEADER_BYTES / 1e6} MB, got one of ${length} bytes. Is this a safetensors file?`,
    );
  }
  if (LENGTH_BYTES + length > bytes.length) {
    throw new FormatError(
      `readSafetensors: expected a header of ${length} bytes, got a file that ends ${bytes.length - LENGTH_BYTES} bytes into it. Copy it again from where it came.`,
    );
  }
  return bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
}

function entryOf(field: Field): Entry {
  const dtypeField = at(field, "dtype");
  const dtype = textAt(dtypeField);
  if (!isStoredDType(dtype)) throw wrong(dtypeField, `one of ${Object.keys(BYTES).join(", ")}`);
  const shape = listAt(at(field, "shape")).map((size) => wholeAt(size, 0));
  const offsets = at(field, "data_offsets");
  if (listAt(offsets).length !== 2) throw wrong(offsets, "two offsets, from and to");
  const [from, to] = listAt(offsets).map((offset) => wholeAt(offset, 0));
  const needed = countOf(shape) * BYTES[dtype];
  if (to - from !== needed) {
    throw wrong(offsets, `${needed} bytes for ${dtype} of shape [${shape.join(", ")}]`);
  }
  return { path: field.path, dtype, shape, from, to };
}

/** Every byte behind the header belongs to exactly one tensor. */
function checkCover(entries: readonly Entry[], bytes: number): void {
  let end = 0;
  for (const { path, from, to } of [...entries].sort((a, b) => a.from - b.from || a.to - b.to)) {
    if (from !== end) {
      throw new FormatError(
        `${path}.data_offsets.0: expected ${end}, where the tensor before ends, got ${from}.`,
      );
    }
    end = to;
    if (end > bytes) {
      throw new FormatError(
        `${path}.data_offsets.1: expected at most ${bytes}, where the file ends, got ${end}. Copy it again from where it came.`,
      );
    }
  }
  if (end !== bytes) {
    throw new FormatError(
      `readSafetensors: expected the file to end with its last tensor, got ${bytes - end} bytes more.`,
    );
  }
}

function tensorOf({ path, dtype, shape, from, to }: Entry, body: Uint8Array): StoredTensor {
  const { buffer, byteOffset } = aligned(body.subarray(from, to), BYTES[dtype]);
  const count = countOf(shape);
  switch (dtype) {
    case "F64":
      return { dtype, shape, data: new Float64Array(buffer, byteOffset, count) };
    case "F32":
      return { dtype, shape, data: new Float32Array(buffer, byteOffset, count) };
    case "I32":
      return { dtype, shape, data: new Int32Array(buffer, byteOffset, count) };
    case "BOOL": {
      const data = new Uint8Array(buffer, byteOffset, count);
      const wrongAt = data.findIndex((value) => value > 1);
      if (wrongAt >= 0) {
        throw new FormatError(
          `${path}: expected a BOOL of 0 or 1, got ${data[wrongAt]} at entry ${wrongAt}.`,
        );
      }
      return { dtype, shape, data };
    }
    default:
      return dtype satisfies never;
  }
}

/** The bytes themselves where a typed array may look at them in place, else a copy. */
function aligned(bytes: Uint8Array, width: number): Uint8Array {
  return bytes.byteOffset % width === 0 ? bytes : bytes.slice();
}

function metadataOf(field: Field): Readonly<Record<string, string>> {
  if (field.value === undefined) return {};
  if (!isRecord(field.value)) throw wrong(field, "an object of texts");
  return Object.fromEntries(
    Object.keys(field.value).map((name) => [name, textAt(at(field, name))]),
  );
}

/**
 * Write a safetensors file. Equal contents give equal bytes: tensors are laid out widest dtype
 * first, and by name among equals.
 *
 * @throws {RangeError} When a tensor's numbers do not fit its shape, or it is named `__metadata__`.
 */
export function writeSafetensors({
  tensors,
  metadata = {},
}: {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata?: Readonly<Record<string, string>>;
}): Uint8Array<ArrayBuffer> {
  const header = new Map<string, unknown>();
  if (Object.keys(metadata).length > 0) header.set(METADATA, metadata);
  const ordered = [...tensors].sort(byWidthThenName);
  let end = 0;
  for (const [name, { dtype, shape, data }] of ordered) {
    checkWritable(name, shape, data.length);
    header.set(name, { dtype, shape, data_offsets: [end, end + data.byteLength] });
    end += data.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const padded = Math.ceil(text.length / WIDEST) * WIDEST;
  const bytes = new Uint8Array(LENGTH_BYTES + padded + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.fill(" ".charCodeAt(0), LENGTH_BYTES, LENGTH_BYTES + padded);
  bytes.set(text, LENGTH_BYTES);
  let to = LENGTH_BYTES + padded;
  for (const [, { data }] of ordered) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), to);
    to += data.byteLength;
  }
  return bytes;
}

function checkWritable(name: string, shape: readonly number[], count: number): void {
  if (name === METADATA) {
    throw new RangeError(
      `writeSafetensors: expected another name than "${METADATA}", which the format keeps for notes. Give notes as metadata.`,
    );
  }
  if (!shape.every((size) => Number.isSafeInteger(size) && size >= 0) || countOf(shape) !== count) {
    throw new RangeError(
      `writeSafetensors: expected numbers for shape [${shape.join(", ")}] in "${name}", got ${count} of them.`,
    );
  }
}

function byWidthThenName(
  [nameA, a]: readonly [string, StoredTensor],
  [nameB, b]: readonly [string, StoredTensor],
): number {
  return BYTES[b.dtype] - BYTES[a.dtype] || (nameA < nameB ? -1 : 1);
}

function countOf(shape: readonly number[]): number {
  return shape.reduce((count, size) => count * size, 1);
}

function isStoredDType(text: string): text is StoredDType {
  return Object.hasOwn(BYTES, text);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
