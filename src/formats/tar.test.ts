import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tarEntries } from "./tar.ts";

const folder = mkdtempSync(join(tmpdir(), "maskwise-tar-"));
const deep = `folder/${"d".repeat(90)}`;
mkdirSync(join(folder, deep), { recursive: true });
writeFileSync(join(folder, "empty.txt"), "");
writeFileSync(join(folder, "block.bin"), new Uint8Array(512).fill(7));
writeFileSync(join(folder, deep, "ä.txt"), "hello");

const packed = (format: string, ...names: readonly string[]) =>
  new Uint8Array(
    execFileSync("tar", [`--format=${format}`, "-cf", "-", "-C", folder, ...names], {
      maxBuffer: 1 << 26,
    }),
  );
const archive = packed("ustar", "empty.txt", "block.bin", "folder");

test("files come out as they went in, with their paths", () => {
  const entries = [...tarEntries(archive)];
  expect(entries.map(({ name }) => name)).toEqual(["empty.txt", "block.bin", `${deep}/ä.txt`]);
  expect(entries.map(({ bytes }) => bytes.length)).toEqual([0, 512, 5]);
  expect(new TextDecoder().decode(entries[2].bytes)).toBe("hello");
});

test("an archive that ends too early is refused, wherever it ends", () => {
  for (const length of [0, 100, 512, 1024, 1200, 2048]) {
    expect(() => [...tarEntries(archive.subarray(0, length))]).toThrow(/whole archive/);
  }
  expect(() => [...tarEntries(archive.subarray(0, 1200))]).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: tar: expected a whole archive, got 1200 bytes that end at byte 512 without its end mark.]`,
  );
});

test("bytes that are no archive are refused", () => {
  const bytes = new Uint8Array(1024).fill(65);
  expect(() => [...tarEntries(bytes)]).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: tar at byte 0: expected the header of a file, got other bytes.]`,
  );
});

test("a changed header is noticed", () => {
  const changed = archive.slice();
  changed[3] ^= 1;
  expect(() => [...tarEntries(changed)]).toThrow(/at byte 0/);
});

test("names too long for ustar are refused rather than cut", () => {
  const long = "n".repeat(200);
  writeFileSync(join(folder, long), "x");
  expect(() => [...tarEntries(packed("gnu", long))]).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: tar at byte 0: expected names of up to 256 bytes, got an extension for longer ones. Write the archive with --format=ustar.]`,
  );
  expect(() => [...tarEntries(packed("pax", long))]).toThrow(/--format=ustar/);
});
