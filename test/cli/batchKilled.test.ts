import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { drawnBatch } from "../support/drawnBatch.ts";
import { runMaskwise } from "../support/runMaskwise.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

vi.setConfig({ testTimeout: 900_000 });

const PICTURES = 24;
const KILLS = 3;

/** How many results wait. */
function waiting(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder).filter((name) => /^\d+\.json$/.test(name)).length;
}

test("a batch that is killed again and again, and started again, makes the same file to the last byte", async () => {
  const folder = temporaryFolder();
  const table = await drawnBatch(join(folder, "photos"), PICTURES);
  const batch = (out: string) =>
    runMaskwise([
      ...["batch", join(folder, "photos"), "--prompts", "boxes", "--from", table],
      ...["--model", "colour", "--workers", "2", "--out", out],
    ]);
  const whole = join(folder, "whole.json");
  expect(await batch(whole).ended).toBe(0);
  const out = join(folder, "killed.json");
  for (let kill = 1; kill <= KILLS; kill++) {
    const { child, ended } = batch(out);
    // Not before there is something to lose.
    const some = (kill * PICTURES) / (KILLS + 1);
    while (waiting(`${out}.parts`) < some && child.exitCode === null) await pause(10);
    child.kill("SIGKILL");
    expect(await ended).toBe("SIGKILL");
    expect(existsSync(out)).toBe(false);
  }
  const last = batch(out);
  expect(await last.ended).toBe(0);
  expect(last.talk()).toMatch(/^\d+ of 24 pictures are done already/);
  expect(readFileSync(out)).toEqual(readFileSync(whole));
  expect(readdirSync(folder).sort()).toEqual(["killed.json", "photos", "whole.json"]);
});
