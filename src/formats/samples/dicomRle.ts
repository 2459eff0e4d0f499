/**
 * DICOM's run lengths: a header of 16 numbers, then a segment per plane of bytes, packed as PackBits.
 *
 * @see DICOM PS3.5, annex G
 */

import { FormatError } from "../formatError.ts";

const HEADER_BYTES = 64;

/**
 * The planes of bytes of a frame.
 *
 * @throws {FormatError} Of another number of planes, or truncated.
 */
export function rleFrame(bytes: Uint8Array, pixels: number, planes: number): readonly Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = bytes.length >= HEADER_BYTES ? view.getUint32(0, true) : 0;
  if (count !== planes || planes > 15) {
    throw new FormatError(`rleFrame: expected ${planes} planes of bytes, got ${count}.`);
  }
  return Array.from({ length: planes }, (_, i) => {
    const from = view.getUint32(4 + 4 * i, true);
    const to = i + 1 < planes ? view.getUint32(8 + 4 * i, true) : bytes.length;
    return unpacked(bytes.subarray(from, to), pixels);
  });
}

/** n from 0: n + 1 bytes as they are; n below 0: one byte 1 − n times; −128 means nothing. */
function unpacked(packed: Uint8Array, length: number): Uint8Array {
  // Two bytes make 128 at the most: what is too short is told before room is made.
  if (packed.length * 64 < length) {
    throw new FormatError(`rleFrame: expected ${length} bytes, got ${packed.length} packed ones.`);
  }
  const bytes = new Uint8Array(length);
  let to = 0;
  for (let at = 0; at < packed.length && to < length; ) {
    const n = (packed[at++] << 24) >> 24;
    if (n >= 0) {
      bytes.set(packed.subarray(at, at + Math.min(n + 1, length - to)), to);
      at += n + 1;
      to += n + 1;
    } else if (n !== -128) {
      bytes.fill(packed[at++] ?? 0, to, to + 1 - n);
      to += 1 - n;
    }
  }
  if (to < length) throw new FormatError(`rleFrame: expected ${length} bytes, got ${to}.`);
  return bytes;
}
