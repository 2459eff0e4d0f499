import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { FormatError } from "./formatError.ts";
import { readSafetensors, type StoredTensor, writeSafetensors } from "./safetensors.ts";

const shapes = fc.array(fc.nat(4), { maxLength: 3 });
const count = (shape: readonly number[]): number => shape.reduce((all, size) => all * size, 1);

const storedTensors: fc.Arbitrary<StoredTensor> = shapes.chain((shape) => {
  const size = { minLength: count(shape), maxLength: count(shape) };
  return fc.oneof<fc.Arbitrary<StoredTensor>[]>(
    fc.float64Array(size).map((data) => ({ dtype: "F64", shape, data })),
    fc.float32Array(size).map((data) => ({ dtype: "F32", shape, data })),
    fc.int32Array(size).map((data) => ({ dtype: "I32", shape, data })),
    fc.uint8Array({ ...size, max: 1 }).map((data) => ({ dtype: "BOOL", shape, data })),
  );
});
const names = fc.string().filter((name) => name !== "__metadata__");
const files = fc.record({
  tensors: fc.array(fc.tuple(names, storedTensors)).map((entries) => new Map(entries)),
  metadata: fc.dictionary(fc.string(), fc.string()).map((notes) => ({ ...notes })),
});

test("what is written is read back, every bit of it", () => {
  fc.assert(
    fc.property(files, (file) => {
      const read = readSafetensors(writeSafetensors(file));
      expect(new Map([...read.tensors].sort())).toEqual(new Map([...file.tensors].sort()));
      expect(read.metadata).toEqual(file.metadata);
    }),
  );
});

test("the same tensors give the same bytes, in whatever order they come", () => {
  fc.assert(
    fc.property(files, ({ tensors, metadata }) => {
      const turned = new Map([...tensors].reverse());
      expect(writeSafetensors({ tensors: turned, metadata })).toEqual(
        writeSafetensors({ tensors, metadata }),
      );
    }),
  );
});

test("tensors that do not lie aligned in the bytes are read all the same", () => {
  fc.assert(
    fc.property(files, fc.nat(7), (file, shift) => {
      const bytes = writeSafetensors(file);
      const moved = new Uint8Array(bytes.length + shift);
      moved.set(bytes, shift);
      expect(readSafetensors(moved.subarray(shift))).toEqual(readSafetensors(bytes));
    }),
  );
});

test("every file cut short is refused", () => {
  fc.assert(
    fc.property(files, fc.nat(), (file, cut) => {
      const bytes = writeSafetensors(file);
      expect(() => readSafetensors(bytes.subarray(0, cut % bytes.length))).toThrow(FormatError);
    }),
  );
});

test("bytes that went wrong are read or refused with a FormatError, never anything else", () => {
  fc.assert(
    fc.property(files, fc.array(fc.tuple(fc.nat(), fc.nat(255))), (file, changes) => {
      const bytes = writeSafetensors(file);
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      try {
        readSafetensors(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
    }),
    { numRuns: 500 },
  );
});

/** A file with this header, and so many bytes behind it. */
function file(header: unknown, bodyBytes = 0): Uint8Array {
  const text = new TextEncoder().encode(
    typeof header === "string" ? header : JSON.stringify(header),
  );
  const bytes = new Uint8Array(8 + text.length + bodyBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const message = (bytes: Uint8Array): string => {
  try {
    readSafetensors(bytes);
  } catch (error) {
    return String(error);
  }
  return "read without complaint";
};

test("a fault is told with its path", () => {
  const pair = (from: number, to: number) => ({
    dtype: "F32",
    shape: [1],
    data_offsets: [from, to],
  });
  expect(message(file({ w: { ...pair(0, 4), dtype: "F8" } }, 4))).toMatchInlineSnapshot(
    `"FormatError: w.dtype: expected one of F64, F32, I32, BOOL, got "F8"."`,
  );
  expect(message(file({ w: { ...pair(0, 4), shape: [2] } }, 4))).toMatchInlineSnapshot(
    `"FormatError: w.data_offsets: expected 8 bytes for F32 of shape [2], got [0,4]."`,
  );
  expect(message(file({ w: { ...pair(0, 4), shape: [-1] } }, 4))).toMatchInlineSnapshot(
    `"FormatError: w.shape.0: expected a whole number of at least 0, got -1."`,
  );
  expect(message(file({ w: { ...pair(0, 4), shape: [1e9, 1e9] } }, 4))).toMatchInlineSnapshot(
    `"FormatError: w.data_offsets: expected 4000000000000000000 bytes for F32 of shape [1000000000, 1000000000], got [0,4]."`,
  );
  expect(message(file({ a: pair(0, 4), b: pair(2, 6) }, 8))).toMatchInlineSnapshot(
    `"FormatError: b.data_offsets.0: expected 4, where the tensor before ends, got 2."`,
  );
  expect(message(file({ a: pair(0, 4), b: pair(8, 12) }, 12))).toMatchInlineSnapshot(
    `"FormatError: b.data_offsets.0: expected 4, where the tensor before ends, got 8."`,
  );
  expect(message(file({ w: pair(0, 4) }, 2))).toMatchInlineSnapshot(
    `"FormatError: w.data_offsets.1: expected at most 2, where the file ends, got 4. Copy it again from where it came."`,
  );
  expect(message(file({ w: pair(0, 4) }, 9))).toMatchInlineSnapshot(
    `"FormatError: readSafetensors: expected the file to end with its last tensor, got 5 bytes more."`,
  );
  expect(message(file({ w: 3 }))).toMatchInlineSnapshot(
    `"FormatError: w.dtype: expected a text, got nothing."`,
  );
  expect(message(file({ w: { ...pair(0, 4), data_offsets: [0] } }))).toMatchInlineSnapshot(
    `"FormatError: w.data_offsets: expected two offsets, from and to, got [0]."`,
  );
  expect(message(file({ __metadata__: { by: 7 } }))).toMatchInlineSnapshot(
    `"FormatError: __metadata__.by: expected a text, got 7."`,
  );
  expect(message(file([]))).toMatchInlineSnapshot(
    `"FormatError: readSafetensors: the header: expected an object, got []."`,
  );
  expect(message(file("{"))).toContain("readSafetensors: expected JSON");
});

test("a header that claims more than there is or more than is sane is refused", () => {
  expect(message(new Uint8Array(3))).toMatchInlineSnapshot(
    `"FormatError: readSafetensors: expected at least 8 bytes, got 3."`,
  );
  expect(message(new Uint8Array([9, 0, 0, 0, 0, 0, 0, 0, 123]))).toMatchInlineSnapshot(
    `"FormatError: readSafetensors: expected a header of 9 bytes, got a file that ends 1 bytes into it. Copy it again from where it came."`,
  );
  expect(message(new Uint8Array(16).fill(255))).toMatchInlineSnapshot(
    `"FormatError: readSafetensors: expected a header of at most 100 MB, got one of 18446744073709552000 bytes. Is this a safetensors file?"`,
  );
});

test("a bool that is neither 0 nor 1 is refused", () => {
  const bytes = file({ kept: { dtype: "BOOL", shape: [3], data_offsets: [0, 3] } }, 3);
  bytes[bytes.length - 1] = 2;
  expect(message(bytes)).toMatchInlineSnapshot(
    `"FormatError: kept: expected a BOOL of 0 or 1, got 2 at entry 2."`,
  );
});

test("what cannot be read back is not written", () => {
  const one: StoredTensor = { dtype: "F32", shape: [2], data: new Float32Array(1) };
  expect(() =>
    writeSafetensors({ tensors: new Map([["w", one]]) }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: writeSafetensors: expected numbers for shape [2] in "w", got 1 of them.]`,
  );
  const notes: StoredTensor = { ...one, shape: [1] };
  expect(() =>
    writeSafetensors({ tensors: new Map([["__metadata__", notes]]) }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: writeSafetensors: expected another name than "__metadata__", which the format keeps for notes. Give notes as metadata.]`,
  );
});

const golden = "../shared/golden/public/density.safetensors";

test.skipIf(!existsSync(golden))(`${golden}, written elsewhere, survives a round trip`, () => {
  const bytes = new Uint8Array(readFileSync(golden));
  const read = readSafetensors(bytes);
  expect(read.tensors.size).toBeGreaterThan(0);
  expect(readSafetensors(writeSafetensors(read))).toEqual(read);
});
