/**
 * Protocol Buffers, the writing half: fields by number into a message, messages into messages, all
 * of it into bytes. (https://protobuf.dev/programming-guides/encoding/)
 */

/** A message as the pieces its bytes consist of; large ones are the caller's own, not copied. */
export interface Message {
  readonly pieces: readonly Uint8Array[];
  readonly length: number;
}

/** Collects the fields of one message. */
export interface Fields {
  /** A whole number, as any of the integer types. */
  integer(field: number, value: number): void;
  /** Whole numbers, packed. */
  integers(field: number, values: readonly number[]): void;
  /** A number of 32 bits. */
  float(field: number, value: number): void;
  text(field: number, value: string): void;
  bytes(field: number, value: Uint8Array): void;
  message(field: number, value: Message): void;
}

/** How a value is written, as the last three bits before it. */
const WIRE = { varint: 0, delimited: 2, fixed32: 5 } as const;

/** The message with the fields that `write` adds, in their order. */
export function message(write: (fields: Fields) => void): Message {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const add = (piece: Uint8Array): void => {
    pieces.push(piece);
    length += piece.length;
  };
  const delimited = (field: number, value: Message): void => {
    add(Uint8Array.from([...tag(field, WIRE.delimited), ...varint(value.length)]));
    for (const piece of value.pieces) add(piece);
  };
  const bytes = (field: number, value: Uint8Array): void => {
    delimited(field, { pieces: [value], length: value.length });
  };
  write({
    integer: (field, value) => {
      add(Uint8Array.from([...tag(field, WIRE.varint), ...varint(value)]));
    },
    integers: (field, values) => bytes(field, Uint8Array.from(values.flatMap(varint))),
    float: (field, value) => {
      const number = new Uint8Array(4);
      new DataView(number.buffer).setFloat32(0, value, true);
      add(Uint8Array.from([...tag(field, WIRE.fixed32), ...number]));
    },
    text: (field, value) => bytes(field, new TextEncoder().encode(value)),
    bytes,
    message: delimited,
  });
  return { pieces, length };
}

/** The bytes of a message, in one piece. */
export function bytesOf({ pieces, length }: Message): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

function tag(field: number, wire: number): number[] {
  return varint(field * 8 + wire);
}

/** Seven bits a byte, the lowest first; negative numbers as 64 bits in two's complement. */
function varint(value: number): number[] {
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`protobuf: expected a whole number below 2⁵³, got ${value}.`);
  }
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest >= 128n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return bytes;
}
