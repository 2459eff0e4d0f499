import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type TarFile, tarFiles } from "./tarFiles.ts";

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

/** All files of an archive that comes in pieces. */
async function unpacked(bytes: Uint8Array, piece = 700): Promise<readonly TarFile[]> {
  const files: TarFile[] = [];
  const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, i) =>
    bytes.subarray(i * piece, (i + 1) * piece),
  );
  for await (const file of tarFiles("a.tar", pieces)) files.push(file);
  return files;
}

test.each([1, 512, 700, 1 << 20])(
  "files come out as they went in, with their paths, from pieces of %i bytes",
  async (piece) => {
    const files = await unpacked(archive, piece);
    expect(files.map(({ name }) => name)).toEqual(["empty.txt", "block.bin", `${deep}/ä.txt`]);
    expect(files.map(({ bytes }) => bytes.length)).toEqual([0, 512, 5]);
    expect(new TextDecoder().decode(files[2].bytes)).toBe("hello");
  },
);

test("an archive that ends too early is refused, wherever it ends", async () => {
  for (const length of [0, 100, 512, 1024, 1200, 2048]) {
    await expect(unpacked(archive.subarray(0, length))).rejects.toThrow(
      /^a\.tar: expected .*whole/,
    );
  }
  await expect(unpacked(archive.subarray(0, 1200))).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: a.tar: expected the whole file block.bin, got a part (Tar archive is truncated). Copy the archive again from where it came.]`,
  );
});

test("bytes that are no archive are refused", async () => {
  const bytes = new Uint8Array(1024).fill(65);
  await expect(unpacked(bytes)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: a.tar: expected a whole tar archive, got a fault at its start (Invalid tar number). Copy the archive again from where it came.]`,
  );
});

test("a changed header is noticed, and the last good file is named", async () => {
  const changed = archive.slice();
  changed[515] ^= 1;
  await expect(unpacked(changed)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: a.tar: expected a whole tar archive, got a fault after empty.txt (Invalid tar header checksum). Copy the archive again from where it came.]`,
  );
});

test.each(["gnu", "pax"])("names too long for ustar are read as %s writes them", async (format) => {
  const long = "n".repeat(200);
  writeFileSync(join(folder, long), "x");
  expect((await unpacked(packed(format, long))).map(({ name }) => name)).toEqual([long]);
});

test("whoever stops early leaves the rest unread", async () => {
  let ended = false;
  async function* endless() {
    try {
      yield archive.subarray(0, 4096);
      for (;;) yield new Uint8Array(512);
    } finally {
      ended = true;
    }
  }
  for await (const { name } of tarFiles("a.tar", endless())) {
    expect(name).toBe("empty.txt");
    break;
  }
  expect(ended).toBe(true);
});
