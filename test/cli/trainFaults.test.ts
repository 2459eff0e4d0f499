/** What goes wrong in the middle of a run of `maskwise train`, and what is left of it. */

import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { readSafetensors } from "../../src/formats/index.ts";
import { figures, PATIENT, RECIPE, run } from "./trainingRun.ts";
import { type } from "./typed.ts";

/** A clock by which it is time for a checkpoint after every step. */
function hourly() {
  let time = 0;
  return { ...PATIENT, now: () => (time += 3_600_000) };
}

function stepsIn(checkpoint: string): string | undefined {
  return readSafetensors(readFileSync(checkpoint)).metadata["steps"];
}

test("a loss that is no number stops the run and names the pictures; the last checkpoint stays, and can be gone on from", async () => {
  // The second step is taken from weights that no number can hold the products of.
  const text = RECIPE.replace("rate: 0.01", "rate: 1.e+30");
  const { out, train, trainAt } = await run(text);
  const { code, talk } = await trainAt(hourly());
  expect(code).toBe(1);
  const [, step] = /expected a finite loss at step (\d), got loss/.exec(talk) ?? [];
  expect(talk).toMatch(/The batch \(\w+\) was \S+\/\d\.labels\S*#\d+\. Begin from the weights/);
  const checkpoint = join(out, "checkpoint.safetensors");
  expect(stepsIn(checkpoint)).toBe(step);
  expect(figures(out)).toHaveLength(Number(step));
  expect(readdirSync(out).some((name) => name.endsWith(".tmp"))).toBe(false);
  const before = readFileSync(checkpoint);
  expect((await train("--resume")).talk).toContain(`expected a finite loss at step ${step}`);
  expect(readFileSync(checkpoint).equals(before)).toBe(true);
});

test("a checkpoint of another architecture, or of another recipe, is not gone on from", async () => {
  const { folder, out, recipe, train } = await run();
  await train();
  const fault = async (text: string) => {
    writeFileSync(recipe, text);
    const { code, talk } = await train("--resume");
    return `${code} ${talk.replaceAll(folder, "")}`;
  };
  expect(await fault(RECIPE.replace("tiny", "small"))).toBe(
    "1 error: readCheckpoint: expected a checkpoint of the network small, got one of tiny. Go on with the recipe it was made by, or begin another run.\n",
  );
  expect(await fault(RECIPE.replace("rate: 0.01", "rate: 0.02"))).toMatch(
    /^1 error: readCheckpoint: expected a checkpoint of the same recipe, got one of another\. .*--start\.\n$/,
  );
  const weights = join(out, "weights.safetensors");
  writeFileSync(join(out, "checkpoint.safetensors"), readFileSync(weights));
  expect(await fault(RECIPE)).toMatch(
    /^1 error: readCheckpoint: .*Weights alone are no checkpoint/,
  );
  const other = await run(RECIPE.replace("tiny", "small"));
  const start = await other.train("--start", weights);
  expect([start.code, start.talk]).toEqual([
    1,
    `error: --start: expected weights that fit the network small, got those of tiny in "${weights}". Name weights of the recipe's network.\n`,
  ]);
  expect(existsSync(other.out)).toBe(false);
});

test("held-out pictures without objects are told, and no run begins", async () => {
  const { folder, out, data, train } = await run(RECIPE.replace("heldOut: 0.3", "heldOut: 0.9"));
  for (const name of readdirSync(data)) {
    if (name.endsWith(".labels.png")) writeFileSync(join(data, name), await noObject());
  }
  const { code, talk } = await train();
  expect([code, talk.replaceAll(folder, "")]).toEqual([
    1,
    expect.stringMatching(
      /^error: .*expected a picture with an object, got none in 50 draws\. The last was /,
    ),
  ]);
  expect(existsSync(out)).toBe(false);
});

/** A mask in which nothing is labelled, as a PNG. */
function noObject(): Promise<Buffer> {
  const raw = { width: 64, height: 48, channels: 1 } as const;
  return sharp(new Uint8Array(64 * 48), { raw })
    .png()
    .toBuffer();
}

/** Use up the room of the disk but for so many bytes. */
function fill(room: number): void {
  const { bavail, bsize } = statfsSync(DISK);
  writeFileSync(join(DISK, "else"), new Uint8Array(bavail * bsize - room));
}

/** A place of 24 MB of its own, where one can be made. */
const DISK = mkdtempSync(join(tmpdir(), "maskwise-test-disk-"));
const IS_MOUNTED =
  process.platform === "linux" &&
  spawnSync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", DISK]).status === 0;
afterAll(() => {
  if (IS_MOUNTED) spawnSync("umount", [DISK]);
  rmSync(DISK, { recursive: true });
});

test.skipIf(!IS_MOUNTED)(
  "a disk that is full when a checkpoint is due stops the run; the one before is whole, and with room it goes on (where a tmpfs can be mounted)",
  async () => {
    const { recipe, data } = await run();
    const out = join(DISK, "run");
    const words = ["train", recipe, "--data", data, "--out", out];
    const clock = hourly();
    let isFull = false;
    const filled = await type(words, {
      ...clock,
      now: () => {
        const checkpoint = join(out, "checkpoint.safetensors");
        // One checkpoint is there; of the next there is room for a half.
        if (existsSync(checkpoint) && !isFull) {
          fill(statSync(checkpoint).size / 2);
          isFull = true;
        }
        return clock.now();
      },
    });
    expect([filled.code, filled.talk]).toEqual([
      1,
      expect.stringMatching(
        /error: write: expected to be allowed to write ".*checkpoint\.safetensors", got a full disk\. Make room, or choose another place\. The last checkpoint is whole: add --resume to go on from it\.\n$/,
      ),
    ]);
    expect(stepsIn(join(out, "checkpoint.safetensors"))).toBe("1");
    expect(readdirSync(out).some((name) => name.endsWith(".tmp"))).toBe(false);
    writeFileSync(join(DISK, "else"), "");
    const resumed = await type([...words, "--resume"], PATIENT);
    expect(resumed.code).toBe(0);
    expect(figures(out).filter(({ kind }) => kind === "step")).toHaveLength(4);
  },
);
