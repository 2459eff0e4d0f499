/**
 * MATLAB files of level 5 (also those of levels 6 and 7): named arrays of numbers and structures of
 * them. What else such a file can hold (text, cells, sparse arrays, objects) is passed over.
 *
 * A file is a header of 128 bytes and elements: a type, a number of bytes, and the bytes. Each array
 * is an element made of elements, which may be deflated as a whole.
 *
 * @see MathWorks, "MAT-File Format", chapter 1.
 */

import { unzlibSync } from "fflate";
import { FormatError } from "./formatError.ts";

/** Arrays are stored column by column. */
export type MatValue =
  | {
      readonly kind: "numbers";
      /** Rows, columns, and so on. */
      readonly dimensions: readonly number[];
      readonly data: readonly number[] | Uint8Array;
    }
  | {
      readonly kind: "structure";
      readonly dimensions: readonly number[];
      /** By field, one value per element of the structure. */
      readonly fields: ReadonlyMap<string, readonly MatValue[]>;
    }
  | { readonly kind: "other" };

const HEADER = 128;
/** Types of elements that hold other elements. */
const MATRIX = 14;
const COMPRESSED = 15;
/** Classes of arrays: those of numbers are 6 (double) to 15 (64 bits). */
const STRUCTURE = 2;
const FIRST_NUMBERS = 6;
const LAST_NUMBERS = 15;

type Read = (view: DataView, at: number, little: boolean) => number;

/** Types of elements that hold numbers: how many bytes each, and how it is read. */
const NUMBERS: ReadonlyMap<number, readonly [number, Read]> = new Map<
  number,
  readonly [number, Read]
>([
  [1, [1, (view, at) => view.getInt8(at)]],
  [2, [1, (view, at) => view.getUint8(at)]],
  [3, [2, (view, at, little) => view.getInt16(at, little)]],
  [4, [2, (view, at, little) => view.getUint16(at, little)]],
  [5, [4, (view, at, little) => view.getInt32(at, little)]],
  [6, [4, (view, at, little) => view.getUint32(at, little)]],
  [7, [4, (view, at, little) => view.getFloat32(at, little)]],
  [9, [8, (view, at, little) => view.getFloat64(at, little)]],
  [12, [8, (view, at, little) => Number(view.getBigInt64(at, little))]],
  [13, [8, (view, at, little) => Number(view.getBigUint64(at, little))]],
]);

const UINT8 = 2;

/**
 * The arrays of a file by their names.
 *
 * @throws {FormatError} Not a MATLAB file of level 5, damaged or truncated.
 */
export function readMat(bytes: Uint8Array): ReadonlyMap<string, MatValue> {
  const little = isLittleEndian(bytes);
  const arrays = new Map<string, MatValue>();
  try {
    for (const element of elements(bytes, HEADER, little)) {
      const array = element.type === COMPRESSED ? inflated(element.bytes, little) : element;
      if (array.type !== MATRIX) continue;
      const { name, value } = matrix(array.bytes, little);
      arrays.set(name, value);
    }
  } catch (cause) {
    if (cause instanceof FormatError) throw cause;
    throw damaged((cause as Error).message, cause);
  }
  return arrays;
}

/** The end of the header says 1 as the file's version and "MI" in the order that its bytes have. */
function isLittleEndian(bytes: Uint8Array): boolean {
  const [first, second] = bytes.subarray(HEADER - 2, HEADER);
  if (first === 0x49 && second === 0x4d) return true;
  if (first === 0x4d && second === 0x49) return false;
  const got =
    new TextDecoder().decode(bytes.subarray(1, 4)) === "HDF"
      ? "one of version 7.3 (HDF5). Save it with -v7"
      : `${bytes.length} bytes of something else`;
  throw new FormatError(`mat: expected a MATLAB file of level 5, got ${got}.`);
}

interface Element {
  readonly type: number;
  readonly bytes: Uint8Array;
}

function* elements(bytes: Uint8Array, start: number, little: boolean): Generator<Element> {
  const view = viewOf(bytes);
  for (let at = start; at < bytes.length; ) {
    if (at + 8 > bytes.length) throw damaged(`a part of one at byte ${at}`);
    const word = view.getUint32(at, little);
    // Up to four bytes stand in the second half of a tag, and their number in its upper two bytes.
    const isSmall = word >>> 16 !== 0;
    const type = isSmall ? word & 0xffff : word;
    const size = isSmall ? word >>> 16 : view.getUint32(at + 4, little);
    const from = at + (isSmall ? 4 : 8);
    if (from + size > bytes.length || (isSmall && size > 4)) {
      throw damaged(`one of ${size} bytes at byte ${at} of ${bytes.length}`);
    }
    yield { type, bytes: bytes.subarray(from, from + size) };
    // All but deflated elements are filled up to eight bytes.
    at = isSmall ? at + 8 : from + (type === COMPRESSED ? size : Math.ceil(size / 8) * 8);
  }
}

function inflated(bytes: Uint8Array, little: boolean): Element {
  const [element] = elements(unzlibSync(bytes), 0, little);
  if (element === undefined) throw damaged("an empty one");
  return element;
}

function matrix(
  bytes: Uint8Array,
  little: boolean,
): { readonly name: string; readonly value: MatValue } {
  const parts = [...elements(bytes, 0, little)];
  // An array without elements may be left empty.
  if (parts.length === 0) return { name: "", value: { kind: "other" } };
  const [flags, sizes, called, ...rest] = parts;
  if (called === undefined) throw damaged(`${parts.length} of its parts`);
  const dimensions = [...numbers(sizes, little)];
  const kind = numbers(flags, little)[0] & 0xff;
  const name = latin1(called.bytes);
  if (kind === STRUCTURE) return { name, value: structure(rest, dimensions, little) };
  if (kind < FIRST_NUMBERS || kind > LAST_NUMBERS) return { name, value: { kind: "other" } };
  const [real] = rest;
  const data = real === undefined ? [] : numbers(real, little);
  const expected = dimensions.reduce((product, size) => product * size, 1);
  if (data.length !== expected) {
    throw damaged(`${data.length} numbers instead of ${dimensions.join("×")} in "${name}"`);
  }
  return { name, value: { kind: "numbers", dimensions, data } };
}

/** The length of names, the names, and then for each element the value of each field. */
function structure(
  [lengths, names, ...values]: readonly Element[],
  dimensions: readonly number[],
  little: boolean,
): MatValue {
  if (names === undefined) throw damaged("a structure without names");
  const length = numbers(lengths, little)[0];
  const count = length > 0 ? Math.floor(names.bytes.length / length) : 0;
  const fields = Array.from({ length: count }, (_, i) => {
    const name = latin1(names.bytes.subarray(i * length, (i + 1) * length));
    const own = values.filter((_, at) => at % count === i);
    return [name, own.map((value) => matrix(value.bytes, little).value)] as const;
  });
  return { kind: "structure", dimensions, fields: new Map(fields) };
}

function numbers({ type, bytes }: Element, little: boolean): readonly number[] | Uint8Array {
  if (type === UINT8) return bytes;
  const known = NUMBERS.get(type);
  if (known === undefined) throw damaged(`one of type ${type} where numbers should be`);
  const [size, read] = known;
  const view = viewOf(bytes);
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) =>
    read(view, i * size, little),
  );
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Text up to its first zero. */
function latin1(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return String.fromCharCode(...(end === -1 ? bytes : bytes.subarray(0, end)));
}

function damaged(got: string, cause?: unknown): FormatError {
  return new FormatError(
    `mat: expected whole elements, got ${got}. Copy the file again from where it came.`,
    { cause },
  );
}
