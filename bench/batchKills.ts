/**
 * Whether a batch that is killed loses or changes anything: so many pictures, SIGKILL at so many random
 * moments, each time the same command again, and the result beside that of a run nobody disturbed, byte
 * for byte. Then the same over PostgreSQL with three workers, of which two are killed.
 *
 *     npm run build && npx tsx bench/batchKills.ts --pictures 2000 --kills 10
 *
 * The pictures are small and drawn, the model is `colour`. Without PostgreSQL the second part says so.
 */

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { randomNumbers } from "../src/tensor/index.ts";
import { drawnBatch } from "../test/support/drawnBatch.ts";
import { startPostgres, withoutPostgres } from "../test/support/postgres.ts";
import { type Running, runMaskwise } from "../test/support/runMaskwise.ts";

const { values } = parseArgs({
  options: {
    pictures: { type: "string", default: "2000" },
    kills: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
  },
});
const pictures = Number(values.pictures);
const kills = Number(values.kills);
const random = randomNumbers(Number(values.seed));
const MAIN = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
if (!existsSync(MAIN)) throw new Error("batchKills: expected dist/, got none. Run npm run build.");

const folder = mkdtempSync(join(tmpdir(), "maskwise-kills-"));
const begun = performance.now();

function say(text: string): void {
  console.log(`${((performance.now() - begun) / 1000).toFixed(0).padStart(5)} s  ${text}`);
}

/** How many results wait beside an output. */
function waiting(out: string): number {
  const parts = `${out}.parts`;
  if (!existsSync(parts)) return 0;
  return readdirSync(parts).filter((name) => /^\d+\.json$/.test(name)).length;
}

/** Resolves when so many results wait, or the process ended. */
async function reached(out: string, count: number, { child }: Running): Promise<void> {
  while (waiting(out) < count && child.exitCode === null) await pause(20);
}

function same(name: string, out: string, whole: Buffer): void {
  const left = readdirSync(folder).filter(
    (each) => each.startsWith(name) && each !== `${name}.json`,
  );
  const isSame = readFileSync(out).equals(whole) && left.length === 0;
  say(`${name}: ${isSame ? "equal to the last byte, nothing left behind" : `DIFFERENT (${left})`}`);
  if (!isSame) process.exitCode = 1;
}

/** So many places in the batch, in order. */
function places(count: number): readonly number[] {
  return Array.from({ length: count }, () => Math.floor(random() * pictures)).sort((a, b) => a - b);
}

try {
  const table = await drawnBatch(join(folder, "photos"), pictures, {
    size: { width: 32, height: 24 },
    boxes: 1,
  });
  const batch = (out: string, ...more: readonly string[]) =>
    runMaskwise(
      [
        ...["batch", join(folder, "photos"), "--prompts", "boxes", "--from", table],
        ...["--model", "colour", "--out", out, ...more],
      ],
      MAIN,
    );
  say(`${pictures} pictures drawn`);
  const undisturbed = join(folder, "whole.json");
  const first = batch(undisturbed);
  if ((await first.ended) !== 0) throw new Error(first.talk());
  const whole = readFileSync(undisturbed);
  say(`undisturbed: ${whole.length} bytes`);

  const out = join(folder, "killed.json");
  for (const place of places(kills)) {
    const run = batch(out);
    await reached(out, place, run);
    await pause(random() * 100);
    run.child.kill("SIGKILL");
    say(`${await run.ended} at ${waiting(out)} of ${pictures}`);
  }
  const last = batch(out);
  if ((await last.ended) !== 0) throw new Error(last.talk());
  same("killed", out, whole);

  const absent = withoutPostgres();
  if (absent === undefined) await overQueue(batch, whole);
  else say(`queue: not tried: ${absent}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function overQueue(
  batch: (out: string, ...more: readonly string[]) => Running,
  whole: Buffer,
): Promise<void> {
  const postgres = await startPostgres();
  const out = join(folder, "queued.json");
  const run = batch(out, "--workers", `queue=${postgres.url}`, "--lease", "30");
  const workers = [1, 2, 3].map(() =>
    runMaskwise(["worker", "--queue", postgres.url, "--threads", "1"], MAIN),
  );
  try {
    for (const [index, place] of places(2).entries()) {
      await reached(out, place, run);
      workers[index].child.kill("SIGKILL");
      say(`worker ${index + 1}: ${await workers[index].ended} at ${waiting(out)} of ${pictures}`);
    }
    if ((await run.ended) !== 0) throw new Error(run.talk());
    same("queued", out, whole);
  } finally {
    for (const { child } of [run, ...workers]) child.kill("SIGKILL");
    postgres.stop();
  }
}
