/** Pictures of instruments beside what pydicom and NumPy make of them. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FormatError, pictureOfSamples } from "../../src/formats/index.ts";
import { readPicture } from "../../src/node/index.ts";

interface Golden {
  readonly name: string;
  readonly page: number;
  readonly base64: string;
  /** Rows, columns, and perhaps channels. */
  readonly shape: readonly number[];
  /** What is seen, 0 to 255. */
  readonly values: readonly number[];
}

/** Made by golden/makeSamples.py; the file says with which versions. */
const golden: { readonly dicom: readonly Golden[]; readonly tiff: readonly Golden[] } = JSON.parse(
  readFileSync(new URL("golden/samples.json", import.meta.url), "utf8"),
);

function bytesOf({ base64 }: { readonly base64: string }): Uint8Array {
  return new Uint8Array(Buffer.from(base64, "base64"));
}

/** Red, green and blue as they should be; grey is all three. */
function expected({ shape, values }: Golden): readonly number[] {
  return shape.length === 3 ? values : values.flatMap((value) => [value, value, value]);
}

// Rounding to whole values: half of one; and pydicom's windows are computed in other steps.
const TOLERANCE = 0.51;

test.each([...golden.dicom, ...golden.tiff])("$name is seen as elsewhere", async (one) => {
  const picture = await readPicture(bytesOf(one), { page: one.page });
  expect([picture.height, picture.width]).toEqual(one.shape.slice(0, 2));
  const wanted = expected(one);
  const worst = Math.max(...wanted.map((value, i) => Math.abs(value - picture.data[i])));
  expect(worst).toBeLessThan(TOLERANCE);
});

test("a window of one's own draws what is outside black and white", async () => {
  const [ct] = golden.dicom;
  const { data } = await readPicture(bytesOf(ct), { window: { black: 0, white: 0.5 } });
  const values = new Set(data);
  expect([...values].every((value) => value === 0 || value === 255)).toBe(true);
  expect(values.size).toBe(2);
});

test("a page that is not there is told, with how many there are", async () => {
  const frames = golden.dicom.find(({ name }) => name === "the third frame") as Golden;
  await expect(readPicture(bytesOf(frames), { page: 4 })).rejects.toThrow(
    "expected a frame from 1 to 3, got 4.",
  );
  const pages = golden.tiff.find(({ name }) => name === "the second page") as Golden;
  await expect(readPicture(bytesOf(pages), { page: 4 })).rejects.toThrow(
    "expected a page from 1 to 3, got 4.",
  );
});

test("what is no number is black, and numbers without an end are drawn as they lie", () => {
  const plane = Float32Array.from([Number.NaN, -1, 0, 1]);
  const { data } = pictureOfSamples({ width: 4, height: 1, planes: [plane] });
  expect([0, 1, 2, 3].map((i) => data[3 * i])).toEqual([0, 0, 128, 255]);
});

test("a file cut short anywhere is refused, or what is missing is not needed", async () => {
  for (const one of [...golden.dicom, ...golden.tiff]) {
    const bytes = bytesOf(one);
    const { data } = await readPicture(bytes, { page: one.page });
    for (let kept = 1; kept < bytes.length; kept += 41) {
      const cut = bytes.slice(0, kept);
      const outcome = await readPicture(cut, { page: one.page }).then(
        (picture) => Buffer.from(picture.data).equals(Buffer.from(data)),
        (error) => error instanceof FormatError,
      );
      expect({ name: one.name, kept, outcome }).toEqual({ name: one.name, kept, outcome: true });
    }
  }
});
