/**
 * What an ONNX file says of itself, by name: the fields `metadata_props` of its outermost message. Nothing
 * else of the file is looked at.
 * (https://protobuf.dev/programming-guides/encoding)
 */

/** @throws {RangeError} When the bytes end in the middle of something, or are no protobuf. */
export function readMetadata(bytes: Uint8Array): Readonly<Record<string, string>> {
  const entries = fieldsOf(bytes, METADATA).map((entry): [string, string] => [
    textIn(entry, KEY),
    textIn(entry, VALUE),
  ]);
  return Object.fromEntries(entries);
}

/** Numbers of fields: of the list in a model, and of the two texts in an entry. */
const METADATA = 14;
const KEY = 1;
const VALUE = 2;

function textIn(entry: Uint8Array, field: number): string {
  const [text = new Uint8Array()] = fieldsOf(entry, field).slice(-1);
  return new TextDecoder().decode(text);
}

/** How many bytes a field has, by its wire type; −1 where its length stands before it. */
const LENGTHS: Readonly<Record<number, number>> = { 1: 8, 2: -1, 5: 4 };

/** All that a message holds under one number, where that is bytes. */
function fieldsOf(bytes: Uint8Array, wanted: number): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      if (at >= bytes.length) throw cut(bytes);
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const [field, wire] = [Math.floor(tag / 8), tag % 8];
    if (wire === 0) {
      varint();
      continue;
    }
    const known = LENGTHS[wire];
    if (known === undefined) throw cut(bytes);
    const length = known < 0 ? varint() : known;
    if (at + length > bytes.length) throw cut(bytes);
    if (field === wanted && known < 0) found.push(bytes.subarray(at, at + length));
    at += length;
  }
  return found;
}

function cut({ length }: Uint8Array): RangeError {
  return new RangeError(
    `readMetadata: expected an ONNX model, got ${length} bytes that are none, or not all of one. Copy the file again.`,
  );
}
