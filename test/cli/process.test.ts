import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { contents, disc, grey, HEIGHT, WIDTH, writePhoto } from "./typed.ts";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** `maskwise WORDS…` as a process of its own. */
function start(words: readonly string[]) {
  const child = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), MAIN, ...words]);
  const result: Buffer[] = [];
  let talk = "";
  child.stdout.on("data", (chunk: Buffer) => result.push(chunk));
  child.stderr.on("data", (chunk) => {
    talk += chunk;
  });
  return { child, ended: ended(child), result: () => Buffer.concat(result), talk: () => talk };
}

/** The exit code, or the signal that ended it. */
async function ended(child: ChildProcess): Promise<unknown> {
  const [code, signal] = await once(child, "close");
  return code ?? signal;
}

test("a process ends with 0 when done, 1 when it failed and 2 on wrong usage", async () => {
  const folder = temporaryFolder();
  const photo = await writePhoto(join(folder, "disc.png"));
  const done = start(["segment", photo, "--object", "20,20", "-o", "-"]);
  const failed = start(["segment", join(folder, "gone.png"), "--object", "1,1"]);
  const wrong = start(["segment", photo, "--object", "here"]);
  expect([await done.ended, await failed.ended, await wrong.ended]).toEqual([0, 1, 2]);
  expect(await grey(done.result())).toMatchObject({ width: WIDTH, height: HEIGHT });
  for (const { talk, result } of [failed, wrong]) {
    expect(talk()).toMatch(/^error: .+\n$/);
    expect(result()).toHaveLength(0);
  }
});

test("a reader that stops early is no failure", async () => {
  const photo = await writePhoto(join(temporaryFolder(), "disc.png"));
  const { child, ended, talk } = start(["segment", photo, "--object", "20,20", "--json"]);
  child.stdout.destroy();
  expect(await ended).toBe(0);
  expect(talk()).not.toContain("EPIPE");
});

test("Ctrl-C in the middle of the work leaves the folder as it was", async () => {
  const folder = temporaryFolder();
  const photo = join(folder, "large.png");
  await sharp(disc(), { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .resize(7500, 5000, { kernel: "nearest" })
    .toFile(photo);
  const before = contents(folder);
  const words = ["--object", "2500,2500", "--overlay", join(folder, "look.png")];
  const { child, ended, talk } = start(["segment", photo, ...words]);
  // The first progress comes after a second of work.
  await once(child.stderr, "data");
  child.kill("SIGINT");
  expect(await ended).toBe("SIGINT");
  expect(talk()).not.toContain("wrote");
  expect(contents(folder)).toEqual(before);
});
