/**
 * Label Studio's run lengths of a brush: the bytes of an RGBA picture, packed bit by bit, of which the
 * last channel is the mask. 32 bits count the bytes; then come the size of a byte and of four kinds of
 * counts; then runs: whether one value repeats, the kind of count, the count less one, the value.
 *
 * @see https://github.com/thi-ng/umbrella, packages/rle-pack, which Label Studio took it from.
 */

import type { Mask, Size } from "../../image/pixels.ts";
import { FormatError } from "../formatError.ts";

const CHANNELS = 4;
const WORD_BITS = 8;
/** Bits of a count, by its kind. */
const COUNT_BITS: readonly number[] = [3, 4, 8, 16];

/** The packed bytes of a mask: 0 where it is 0, 255 elsewhere, in all four channels. */
export function packedMask({ data }: Mask): readonly number[] {
  const bytes: number[] = [];
  let [pending, bits] = [0, 0];
  const put = (value: number, count: number): void => {
    for (let bit = count - 1; bit >= 0; bit--) {
      pending = (pending << 1) | (Math.floor(value / 2 ** bit) & 1);
      if (++bits < 8) continue;
      bytes.push(pending);
      [pending, bits] = [0, 0];
    }
  };
  put(data.length * CHANNELS, 32);
  put(WORD_BITS - 1, 5);
  for (const size of COUNT_BITS) put(size - 1, 4);
  const putRun = (length: number, value: number): void => {
    for (let rest = length; rest > 0; ) {
      const kind = COUNT_BITS.findIndex((size) => rest <= 2 ** size);
      const part = kind === -1 ? 2 ** COUNT_BITS[3] : rest;
      put(1, 1);
      put(kind === -1 ? 3 : kind, 2);
      put(part - 1, COUNT_BITS[kind === -1 ? 3 : kind]);
      put(value, WORD_BITS);
      rest -= part;
    }
  };
  let start = 0;
  for (let at = 1; at <= data.length; at++) {
    if (at < data.length && (data[at] === 0) === (data[start] === 0)) continue;
    putRun((at - start) * CHANNELS, data[start] === 0 ? 0 : 255);
    start = at;
  }
  // As its own packer: at least one bit is left over.
  put(0, 8 - bits);
  return bytes;
}

/**
 * The mask of packed bytes, 1 where the last channel is not 0.
 *
 * @throws {FormatError} Of another size, or truncated.
 */
export function unpackedMask(bytes: ArrayLike<number>, { width, height }: Size): Mask {
  let at = 0;
  const take = (count: number): number => {
    if (at + count > bytes.length * 8) {
      throw new FormatError(
        `expected run lengths of ${width}×${height} pixels, got their beginning.`,
      );
    }
    let value = 0;
    for (let i = 0; i < count; i++, at++) {
      value = value * 2 + ((bytes[at >> 3] >> (7 - (at & 7))) & 1);
    }
    return value;
  };
  const total = take(32);
  if (total !== width * height * CHANNELS) {
    throw new FormatError(
      `expected run lengths of ${width}×${height}×${CHANNELS} bytes, got those of ${total}.`,
    );
  }
  const word = take(5) + 1;
  const sizes = [take(4) + 1, take(4) + 1, take(4) + 1, take(4) + 1];
  const data = new Uint8Array(width * height);
  for (let i = 0; i < total; ) {
    const isRun = take(1) === 1;
    const end = Math.min(total, i + 1 + take(sizes[take(2)]));
    if (isRun) {
      if (take(word) !== 0) data.fill(1, pixelFrom(i), pixelFrom(end));
      i = end;
    }
    for (; i < end; i++) if (take(word) !== 0 && i % CHANNELS === 3) data[(i - 3) / CHANNELS] = 1;
  }
  return { width, height, data };
}

/** The first pixel whose last channel is at or after a byte. */
function pixelFrom(byte: number): number {
  return Math.max(0, Math.ceil((byte - (CHANNELS - 1)) / CHANNELS));
}
