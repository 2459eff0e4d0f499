import { expect, test } from "vitest";
import { matOfLabels } from "../../test/support/matOfLabels.ts";
import { type MatValue, readMat } from "./mat.ts";

/**
 * Written by scipy.io.savemat: a structure GTinst as SBD has it (Segmentation [[0, 1, 1], [2, 2, 0]],
 * Boundaries a cell of sparse arrays, Categories [[15], [7]]), extra [[1.5, -2]], and text.
 */
const DEFLATED =
  "TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IFdlZCBOb3YgMjUgMDI6NTM6MzUgMjAyNgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0PAAAApAAAAHic42NgYPjAyMDABqQ5gJiJAQJYoXxGJAxS4x6SmVdcApJnYeCFiqsDcXBqem5qXkliSWZ+HoNTfmleSmJRZmoxUMY5sSQ1PR/KYeADYgsGhH2caPaB7GeGmssA5bOBGYxMjFD9HEjuZcSinxFJHKQ+A8k+VqgaXPaxYjFXAMpmhKpngrobJg4MQXsYTYl9jGTaZ0AgPJHDgwkI+dkZGAB2vhhtDwAAADAAAAB4nONjYGDwAGI2IOaA0iDACuUzAjETlAaJpVaUFCUCaU4gFmCAgR/2UMYBAHKBBLUPAAAALAAAAHic42NgYLAAYjYg5gBiFgYIYIXyGaFsRqBMSWpFiQCUn5Gak5MPpAFF5gRf";
const PLAIN =
  "TUFUTEFCIDUuMCBNQVQtZmlsZSBQbGF0Zm9ybTogcG9zaXgsIENyZWF0ZWQgb246IFdlZCBOb3YgMjUgMDI6NTM6MzYgMjAyNgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABSU0OAAAA8AEAAAYAAAAIAAAAAgAAAAAAAAAFAAAACAAAAAEAAAABAAAAAQAAAAYAAABHVGluc3QAAAUABAANAAAAAQAAACcAAABTZWdtZW50YXRpb24AQm91bmRhcmllcwAAAENhdGVnb3JpZXMAAAAADgAAADgAAAAGAAAACAAAAAkAAAAAAAAABQAAAAgAAAACAAAAAwAAAAEAAAAAAAAAAgAAAAYAAAAAAgECAQAAAA4AAAAIAQAABgAAAAgAAAABAAAAAAAAAAUAAAAIAAAAAgAAAAEAAAABAAAAAAAAAA4AAABoAAAABgAAAAgAAAAFAAAAAgAAAAUAAAAIAAAAAgAAAAMAAAABAAAAAAAAAAUAAAAIAAAAAQAAAAAAAAAFAAAAEAAAAAAAAAABAAAAAgAAAAIAAAAJAAAAEAAAAAAAAAAAAPA/AAAAAAAA8D8OAAAAaAAAAAYAAAAIAAAABQAAAAIAAAAFAAAACAAAAAIAAAADAAAAAQAAAAAAAAAFAAAACAAAAAEAAAABAAAABQAAABAAAAAAAAAAAQAAAAIAAAACAAAACQAAABAAAAAAAAAAAADwPwAAAAAAAPA/DgAAADAAAAAGAAAACAAAAAkAAAAAAAAABQAAAAgAAAACAAAAAQAAAAEAAAAAAAAAAgACAA8HAAAOAAAASAAAAAYAAAAIAAAABgAAAAAAAAAFAAAACAAAAAEAAAACAAAAAQAAAAUAAABleHRyYQAAAAkAAAAQAAAAAAAAAAAA+D8AAAAAAAAAwA4AAAA4AAAABgAAAAgAAAAEAAAAAAAAAAUAAAAIAAAAAQAAAAUAAAABAAQAdGV4dBAAAAAFAAAAaGVsbG8AAAA=";

function structure(value: MatValue | undefined): ReadonlyMap<string, readonly MatValue[]> {
  if (value?.kind !== "structure") throw new Error(`expected a structure, got ${value?.kind}`);
  return value.fields;
}

test.each([
  ["deflated", DEFLATED],
  ["plain", PLAIN],
])("a file that SciPy wrote is read, %s", (_, base64) => {
  const arrays = readMat(new Uint8Array(Buffer.from(base64, "base64")));
  expect([...arrays.keys()]).toEqual(["GTinst", "extra", "text"]);
  expect(arrays.get("text")).toEqual({ kind: "other" });
  expect(arrays.get("extra")).toEqual({ kind: "numbers", dimensions: [1, 2], data: [1.5, -2] });
  const fields = structure(arrays.get("GTinst"));
  expect(fields.get("Segmentation")).toEqual([
    { kind: "numbers", dimensions: [2, 3], data: Uint8Array.of(0, 2, 1, 2, 1, 0) },
  ]);
  expect(fields.get("Boundaries")).toEqual([{ kind: "other" }]);
  expect(fields.get("Categories")).toMatchObject([{ data: Uint8Array.of(15, 7) }]);
});

const MINE = matOfLabels({ width: 3, height: 2, data: Uint8Array.of(0, 1, 1, 2, 2, 0) });

test("a file that this project wrote is read", () => {
  const [segmentation] = structure(readMat(MINE).get("GTinst")).get("Segmentation") ?? [];
  expect(segmentation).toMatchObject({ dimensions: [2, 3], data: Uint8Array.of(0, 2, 1, 2, 1, 0) });
});

test("a file that ends too early is refused, wherever it ends", () => {
  const plain = new Uint8Array(Buffer.from(PLAIN, "base64"));
  // The end of the header, and of the three arrays, are the only places where nothing is missing.
  const whole = new Set([128, 632, 712, plain.length]);
  for (let length = 0; length < plain.length; length++) {
    if (whole.has(length)) continue;
    expect(() => readMat(plain.subarray(0, length)), `${length}`).toThrow(/^mat: expected/);
  }
  for (let length = 129; length < MINE.length; length++) {
    expect(() => readMat(MINE.subarray(0, length)), `${length}`).toThrow(/^mat: expected/);
  }
});

test("what is no such file is refused with what it is", () => {
  expect(() => readMat(new TextEncoder().encode("no"))).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: mat: expected a MATLAB file of level 5, got 2 bytes of something else.]`,
  );
  const hdf = new Uint8Array(200);
  hdf.set(new TextEncoder().encode("\u0089HDF").subarray(1));
  expect(() => readMat(hdf)).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: mat: expected a MATLAB file of level 5, got one of version 7.3 (HDF5). Save it with -v7.]`,
  );
});
