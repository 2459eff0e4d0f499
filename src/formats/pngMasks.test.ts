import fc from "fast-check";
import { decode, encode } from "fast-png";
import sharp from "sharp";
import { expect, test } from "vitest";
import { pngClaiming } from "../../test/support/pngHeader.ts";
import type { Mask } from "../image/pixels.ts";
import { FormatError } from "./formatError.ts";
import { readIndexedPng, writeIndexedPng } from "./indexedPng.ts";
import { labelColour } from "./labelColours.ts";
import { readMaskPng, writeMaskPng } from "./maskPng.ts";
import { readMaskFile } from "./readMaskFile.ts";

const OBJECT = { labels: ["background", "object"] };

/** Masks with values below a number of labels, of any small size. */
function masks(labels: number): fc.Arbitrary<Mask> {
  return fc
    .tuple(fc.integer({ min: 1, max: 19 }), fc.integer({ min: 1, max: 19 }))
    .chain(([width, height]) =>
      fc
        .uint8Array({ minLength: width * height, maxLength: width * height, max: labels - 1 })
        .map((data) => ({ width, height, data })),
    );
}

test("a mask of two labels is black and white to every program", async () => {
  const mask = { width: 3, height: 2, data: Uint8Array.from([0, 1, 0, 1, 1, 0]) };
  const bytes = writeMaskPng(mask, OBJECT);
  expect(await sharp(bytes).metadata()).toMatchObject({ channels: 1, depth: "uchar" });
  const { data, info } = await sharp(bytes)
    .toColourspace("b-w")
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([3, 2, 1]);
  expect([...data]).toEqual([0, 255, 0, 255, 255, 0]);
});

test("black and white masks come back as they were, with their labels", () => {
  fc.assert(
    fc.property(masks(2), fc.string({ minLength: 1, unit: "grapheme" }), (mask, name) => {
      const labels = ["background", name];
      expect(readMaskPng(writeMaskPng(mask, { labels }))).toEqual({ mask, labels });
    }),
  );
});

test("indexed masks come back as they were, with their labels", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 256 }).chain((n) => fc.tuple(fc.constant(n), masks(n))),
      ([count, mask]) => {
        const labels = Array.from({ length: count }, (_, i) => (i === 0 ? "background" : `ä ${i}`));
        expect(readIndexedPng(writeIndexedPng(mask, { labels }))).toEqual({ mask, labels });
      },
    ),
  );
});

test("an indexed mask is shown in the colours of PASCAL VOC", async () => {
  const mask = { width: 4, height: 1, data: Uint8Array.from([0, 1, 2, 3]) };
  const labels = ["background", "a", "b", "c"];
  const shown = await sharp(writeIndexedPng(mask, { labels }))
    .toColourspace("srgb")
    .raw()
    .toBuffer();
  expect([...shown]).toEqual([0, 0, 0, 128, 0, 0, 0, 128, 0, 128, 128, 0]);
});

test("the palette of PASCAL VOC holds at the places its kit documents", () => {
  expect(labelColour(15)).toEqual([192, 128, 128]); // person
  expect(labelColour(20)).toEqual([0, 64, 128]); // tv/monitor
  expect(labelColour(255)).toEqual([224, 224, 192]); // border
});

test.each([1, 2, 4, 8] as const)("palettes of %d bits are read", (depth) => {
  const width = 5;
  const values = Array.from({ length: width * 3 }, (_, i) => i % 2 ** depth);
  const packed = pack(values, width, depth);
  const palette = Array.from({ length: 2 ** depth }, (_, i) => [i, i, i]);
  const bytes = encode({ width, height: 3, channels: 1, depth, data: packed, palette });
  expect([...readIndexedPng(bytes).mask.data]).toEqual(values);
});

test.each([1, 2, 4, 8, 16] as const)("black and white of %d bits is read", (depth) => {
  const white = 2 ** depth - 1;
  const values = [0, white, white, 0, white, 0, 0, 0, 0, white];
  const data = depth === 16 ? Uint16Array.from(values) : pack(values, 5, depth);
  const bytes = encode({ width: 5, height: 2, channels: 1, depth, data });
  expect([...readMaskPng(bytes).mask.data]).toEqual(values.map((value) => Math.min(1, value)));
});

/** Values of `depth` bits in rows that start on whole bytes, high bits first. */
function pack(values: readonly number[], width: number, depth: number): Uint8Array {
  const rows: number[][] = [];
  for (let from = 0; from < values.length; from += width) {
    const bits = values
      .slice(from, from + width)
      .map((value) => value.toString(2).padStart(depth, "0"))
      .join("");
    rows.push((bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, "0"), 2)));
  }
  return Uint8Array.from(rows.flat());
}

test.each([
  ["colour", [0, 0, 0, 255, 255, 255], 3],
  ["colour with alpha", [0, 0, 0, 255, 255, 255, 255, 128], 4],
  ["grey with alpha", [0, 255, 255, 0], 2],
] as const)("black and white saved as %s is read", (_, data, channels) => {
  const bytes = encode({ width: 2, height: 1, channels, data: Uint8Array.from(data) });
  expect([...readMaskPng(bytes).mask.data]).toEqual([0, 1]);
});

test("small grey values without any white are label indices", () => {
  const bytes = encode({ width: 4, height: 1, channels: 1, data: Uint8Array.from([0, 1, 2, 7]) });
  expect([...readMaskPng(bytes).mask.data]).toEqual([0, 1, 2, 7]);
});

test("any mask file is told by itself", () => {
  const mask = { width: 2, height: 1, data: Uint8Array.from([0, 1]) };
  expect(readMaskFile(writeMaskPng(mask, OBJECT)).mask).toEqual(mask);
  expect(readMaskFile(writeIndexedPng(mask, OBJECT)).mask).toEqual(mask);
});

test("labels that a text chunk does not hold as a list are left out", () => {
  const data = Uint8Array.from([0, 255]);
  for (const labels of ["[1]", "{}", "not json"]) {
    const text = { "maskwise labels": labels };
    expect(readMaskPng(encode({ width: 2, height: 1, channels: 1, data, text })).labels).toBe(
      undefined,
    );
  }
});

/** What an error says, once it is clear that it is ours. */
function complaint(act: () => unknown, kind: typeof FormatError | typeof RangeError): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(kind);
    return (error as Error).message;
  }
  throw new Error("expected an error, got none");
}

test("what does not fit the format is refused on writing", () => {
  const three = { width: 3, height: 1, data: Uint8Array.from([0, 1, 2]) };
  const labels = ["background", "cat", "dog"];
  expect(complaint(() => writeMaskPng(three, { labels }), RangeError)).toMatchInlineSnapshot(
    `"writeMaskPng: expected two labels, got 3 (background, cat, dog). Write an indexed PNG."`,
  );
  expect(complaint(() => writeMaskPng(three, OBJECT), RangeError)).toMatchInlineSnapshot(
    `"writeMaskPng: expected mask values below 2 (background, object), got 2."`,
  );
  expect(
    complaint(() => writeIndexedPng({ ...three, width: 4 }, { labels }), RangeError),
  ).toMatchInlineSnapshot(`"writeIndexedPng: expected 4×1 labels, got 3."`);
});

test("what is no mask is refused on reading, with the first wrong pixel", () => {
  const grey = encode({ width: 2, height: 2, channels: 1, data: Uint8Array.from([0, 255, 0, 9]) });
  const red = encode({ width: 1, height: 1, channels: 3, data: Uint8Array.from([255, 0, 0]) });
  const whole = writeMaskPng({ width: 9, height: 9, data: new Uint8Array(81) }, OBJECT);
  const damaged = whole.slice();
  damaged[50] ^= 1;
  const said = (bytes: Uint8Array) => complaint(() => readMaskFile(bytes), FormatError);
  expect(said(grey)).toMatchInlineSnapshot(
    `"readMaskPng: expected 0 or 255 at every pixel, got 9 at (1, 1). Threshold the mask first."`,
  );
  expect(said(red)).toMatchInlineSnapshot(
    `"readMaskPng: expected a black and white mask, got a coloured pixel at (0, 0). Save the mask with a palette, or as black and white."`,
  );
  expect(said(whole.subarray(0, 60))).toMatchInlineSnapshot(
    `"readMaskPng: expected a whole PNG, got a damaged or truncated one (Offset is outside the bounds of the DataView). Copy it again from where it came."`,
  );
  expect(said(damaged)).toMatchInlineSnapshot(
    `"readMaskPng: expected a whole PNG, got a damaged or truncated one (CRC mismatch for chunk IDAT. Expected 2765890319, found 3183940174). Copy it again from where it came."`,
  );
  expect(said(whole.subarray(0, 9))).toMatchInlineSnapshot(
    `"readMaskPng: expected a PNG, got 9 bytes of something else."`,
  );
  expect(said(pngClaiming(60_000, 60_000))).toMatchInlineSnapshot(
    `"readMaskPng: expected a PNG of 1 to 200 million pixels, got one of 60000×60000."`,
  );
  expect(said(new Uint8Array())).toMatchInlineSnapshot(
    `"readMaskFile: expected a PNG or COCO JSON, got something else. JPEG blurs labels: save the mask as PNG."`,
  );
  expect(said(Buffer.from("hello"))).toMatchInlineSnapshot(
    `"readMaskFile: expected a PNG or COCO JSON, got something else. JPEG blurs labels: save the mask as PNG."`,
  );
});

test("whatever a PNG loses or gains, it is read whole or refused", () => {
  const whole = writeIndexedPng({ width: 7, height: 5, data: new Uint8Array(35).fill(1) }, OBJECT);
  fc.assert(
    fc.property(fc.nat({ max: whole.length - 1 }), (length) => {
      expect(() => readMaskFile(whole.subarray(0, length))).toThrow(FormatError);
    }),
  );
  fc.assert(
    fc.property(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = whole.slice();
      changed[at] ^= flip;
      try {
        expect(readMaskFile(changed).mask.data).toHaveLength(35);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }),
  );
});

test("a written PNG is decoded by its own library to the same text", () => {
  const bytes = writeMaskPng({ width: 1, height: 1, data: Uint8Array.from([1]) }, OBJECT);
  expect(decode(bytes).text).toEqual({ "maskwise labels": '["background","object"]' });
});
