import { expect, test } from "vitest";
import { FormatError } from "../formats/index.ts";
import { bmpRaster, isBmp } from "./bmpRaster.ts";

/** A BMP of 3×2 pixels with a header of 40 bytes, its rows from the bottom up, each of 4 or 12 bytes. */
function bmp(bits: 8 | 24, ...rows: readonly (readonly number[])[]): Uint8Array {
  const palette =
    bits === 8 ? Array.from({ length: 256 }, (_, i) => [i, i, 255 - i, 0]).flat() : [];
  const file = Buffer.alloc(54);
  file.write("BM");
  file.writeUInt32LE(54 + palette.length, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(3, 18);
  file.writeInt32LE(2, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(bits, 28);
  const padded = rows.flatMap((row) => [...row, ...new Array(-row.length & 3).fill(0)]);
  return Uint8Array.from([...file, ...palette, ...padded]);
}

test("pixels come top row first, as red, green and blue", () => {
  const file = bmp(24, [10, 11, 12, 13, 14, 15, 16, 17, 18], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(isBmp(file)).toBe(true);
  expect(bmpRaster(file)).toEqual({
    width: 3,
    height: 2,
    channels: 3,
    data: Uint8Array.of(3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10, 15, 14, 13, 18, 17, 16),
  });
});

test("the numbers of a palette become its colours", () => {
  const { data } = bmpRaster(bmp(8, [0, 1, 2], [255, 128, 0]));
  expect([...data.subarray(0, 9)]).toEqual([0, 255, 255, 127, 128, 128, 255, 0, 0]);
});

test("a file that ends too early is refused, wherever it ends", () => {
  const file = bmp(24, [1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
  // The last three bytes only fill up the row.
  for (let length = 2; length < file.length - 3; length++) {
    expect(() => bmpRaster(file.subarray(0, length)), `${length}`).toThrow(FormatError);
  }
});
