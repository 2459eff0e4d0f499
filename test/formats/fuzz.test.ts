import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type AnnotationFormatName, annotationFormatNames } from "../../src/formats/index.ts";
import { fuzzArchive, fuzzCase, fuzzPicture, readAndWritten } from "./fuzz.ts";

/** A few here; `npm run fuzz` runs as many as one likes. */
const CASES = 60;

test.each(annotationFormatNames)("%s: damaged files are read or refused", async (name) => {
  let read = 0;
  for (let seed = 1; seed <= CASES; seed++) {
    if ((await fuzzCase(name, seed, () => 0)).isRead) read++;
  }
  // Some damage hurts nothing, some does: otherwise nothing would be tried here.
  expect(read).toBeLessThan(CASES);
});

test("damaged archives are unpacked or refused", async () => {
  const read = [];
  for (let seed = 1; seed <= CASES; seed++) read.push(await fuzzArchive(seed));
  expect(new Set(read)).toEqual(new Set([true, false]));
});

const { dicom, tiff }: Record<"dicom" | "tiff", readonly { base64: string }[]> = JSON.parse(
  readFileSync(new URL("golden/samples.json", import.meta.url), "utf8"),
);

test("damaged files of instruments are seen or refused", async () => {
  const seen = [];
  for (const [i, { base64 }] of [...dicom, ...tiff].entries()) {
    const bytes = new Uint8Array(Buffer.from(base64, "base64"));
    for (let seed = 1; seed <= CASES / 4; seed++) {
      seen.push(await fuzzPicture(bytes, 1000 * i + seed));
    }
  }
  expect(new Set(seen)).toEqual(new Set([true, false]));
});

/** Files that once did harm, or are made to: a format, and its files by path, as text or base64. */
interface Kept {
  readonly format: AnnotationFormatName;
  readonly text?: Readonly<Record<string, string>>;
  readonly base64?: Readonly<Record<string, string>>;
  readonly isRead: boolean;
}

const CORPUS = new URL("corpus/", import.meta.url);

test.each(readdirSync(CORPUS))("corpus: %s", async (file) => {
  const kept: Kept = JSON.parse(readFileSync(new URL(file, CORPUS), "utf8"));
  const files = new Map<string, Uint8Array>([
    ...Object.entries(kept.text ?? {}).map(
      ([path, text]) => [path, new TextEncoder().encode(text)] as const,
    ),
    ...Object.entries(kept.base64 ?? {}).map(
      ([path, text]) => [path, new Uint8Array(Buffer.from(text, "base64"))] as const,
    ),
  ]);
  expect(await readAndWritten(kept.format, files, new Map())).toBe(kept.isRead);
});
