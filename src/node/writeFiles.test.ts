import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/support/temporaryFolder.ts";
import { checkWritable, writeFileAtomically, writeFilesAtomically } from "./writeFiles.ts";

test("a file is written whole and nothing lies beside it", async () => {
  const folder = temporaryFolder();
  await writeFileAtomically(join(folder, "a.txt"), "whole");
  expect(readdirSync(folder)).toEqual(["a.txt"]);
  expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe("whole");
});

test("a file that was there is replaced and keeps its permissions", async () => {
  const path = join(temporaryFolder(), "a.txt");
  writeFileSync(path, "before");
  chmodSync(path, 0o640);
  await writeFileAtomically(path, new Uint8Array([1, 2, 3]));
  expect([...readFileSync(path)]).toEqual([1, 2, 3]);
  expect(statSync(path).mode & 0o777).toBe(0o640);
});

test("a symbolic link stays one, and what it leads to is written", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "elsewhere"));
  writeFileSync(join(folder, "elsewhere/real.txt"), "before");
  symlinkSync("elsewhere/real.txt", join(folder, "link.txt"));
  await writeFileAtomically(join(folder, "link.txt"), "after");
  expect(lstatSync(join(folder, "link.txt")).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, "elsewhere/real.txt"), "utf8")).toBe("after");
});

test("of several files none changes where one cannot be written", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "a.txt"), "before");
  await expect(
    writeFilesAtomically([
      { path: join(folder, "a.txt"), data: "after" },
      { path: join(folder, "missing/b.txt"), data: "b" },
    ]),
  ).rejects.toThrow(/Make the folder first/);
  expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe("before");
  expect(readdirSync(folder)).toEqual(["a.txt"]);
});

test("a write that fails halfway leaves the old file and nothing beside it", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "a.txt"), "before");
  const notData = { length: 3 } as unknown as Uint8Array;
  await expect(writeFileAtomically(join(folder, "a.txt"), notData)).rejects.toThrow(/^write: /);
  expect(readFileSync(join(folder, "a.txt"), "utf8")).toBe("before");
  expect(readdirSync(folder)).toEqual(["a.txt"]);
});

test("where nothing can be written, one learns it beforehand and nothing changes", async () => {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  mkdirSync(at("folder"));
  writeFileSync(at("file"), "content");
  symlinkSync("circle", at("circle"));
  const found = (path: string) =>
    checkWritable(path).then(
      () => "fine",
      (error: Error) => error.message.replaceAll(folder, "…"),
    );
  expect(await found(at("new.png"))).toBe("fine");
  expect(await found(at("file"))).toBe("fine");
  expect(await found(at("folder"))).toMatchInlineSnapshot(
    `"write: expected a file to write at "…/folder", got a folder. Name one file in it."`,
  );
  expect(await found(at("new/"))).toMatchInlineSnapshot(
    `"write: expected a file to write at "…/new/", got a folder. Name one file in it."`,
  );
  expect(await found(at("missing/mask.png"))).toMatchInlineSnapshot(
    `"write: expected a folder at "…/missing" to write "mask.png" in, got nothing. Make the folder first."`,
  );
  expect(await found(at("file/mask.png"))).toMatchInlineSnapshot(
    `"write: expected a file to write at "…/file/mask.png", got a path through something that is not a folder. Check the path."`,
  );
  expect(await found(at("circle"))).toMatchInlineSnapshot(
    `"write: expected a file to write at "…/circle", got symbolic links that lead in a circle. Remove or repair the links."`,
  );
  expect(await found("/dev/null")).toMatchInlineSnapshot(
    `"write: expected a file to write at "/dev/null", got a device or a pipe. Name a file instead."`,
  );
  expect(await found(at(`${"long".repeat(100)}.png`))).toMatch(/too long/);
  expect(readdirSync(folder).sort()).toEqual(["circle", "file", "folder"]);
  expect(readFileSync(at("file"), "utf8")).toBe("content");
});

test.skipIf(process.platform !== "linux")(
  "a folder in which nobody may write, not even root, is refused (Linux)",
  async () => {
    await expect(checkWritable("/proc/mask.png")).rejects.toThrow(
      'write: expected to be allowed to write "/proc/mask.png", got no permission. Change the permissions, or choose another place.',
    );
  },
);

test.skipIf(process.getuid?.() === 0)(
  "a folder and a file without permission are refused (not for root, who may write all)",
  async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "kept.png"), "kept");
    chmodSync(join(folder, "kept.png"), 0o444);
    await expect(checkWritable(join(folder, "kept.png"))).rejects.toThrow(/no permission/);
    chmodSync(folder, 0o555);
    await expect(checkWritable(join(folder, "new.png"))).rejects.toThrow(/no permission/);
    chmodSync(folder, 0o755);
  },
);

/** Starts writing a file of which the second half never comes. */
const STUCK = `
import { writeFilesAtomically } from ${JSON.stringify(fileURLToPath(new URL("writeFiles.ts", import.meta.url)))};
async function* stuck() {
  yield "half";
  process.stdout.write("half written");
  await new Promise(() => setInterval(() => {}, 1000));
}
await writeFilesAtomically([{ path: process.argv[2], data: stuck() }]);
`;

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s in the middle of writing leaves the old file and nothing beside it",
  async (signal) => {
    const folder = temporaryFolder();
    const scripts = temporaryFolder();
    const target = join(folder, "a.txt");
    writeFileSync(target, "before");
    writeFileSync(join(scripts, "stuck.mts"), STUCK);
    const writer = spawn(
      process.execPath,
      ["--import", import.meta.resolve("tsx"), join(scripts, "stuck.mts"), target],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const ended = once(writer, "exit");
    await once(writer.stdout, "data");
    expect(readdirSync(folder)).toHaveLength(2);
    writer.kill(signal);
    expect(await ended).toEqual([null, signal]);
    expect(readdirSync(folder)).toEqual(["a.txt"]);
    expect(readFileSync(target, "utf8")).toBe("before");
    expect(existsSync(target)).toBe(true);
  },
);
