/**
 * Pictures per second of a batch beside the same model called in a bare loop, in one run.
 *
 *     npx tsx bench/batch.ts --model small --pictures 60 --rounds 3
 *
 * The bare loop has all pictures decoded before, encodes each and answers one box, on one thread, and
 * writes nothing; beside it stands the encoder alone. The batch reads, decodes and writes, with one
 * worker, which looks at the next picture while it answers where there is a core for that, and with two.
 * Threads are warm when the clock starts. Each round does all of it once, in turn; of each the best round
 * counts.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Job, planFromFile, segmentObjects } from "../src/batch/index.ts";
import { startJobThreads } from "../src/cli/batch/jobThreads.ts";
import { dataFiles, deviceFor, openModel, removeHalfWritten } from "../src/node/index.ts";
import { openPicture } from "../src/session/index.ts";
import { drawnBatch } from "../test/support/drawnBatch.ts";

const { values } = parseArgs({
  options: {
    model: { type: "string", default: "small" },
    pictures: { type: "string", default: "60" },
    rounds: { type: "string", default: "3" },
  },
});
const count = Number(values.pictures);
const folder = mkdtempSync(join(tmpdir(), "maskwise-bench-"));
const photos = join(folder, "photos");

/** Pictures per second. */
async function pace(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return count / ((performance.now() - begun) / 1000);
}

try {
  await drawnBatch(photos, count, { size: { width: 480, height: 360 }, boxes: 1 });
  const files = dataFiles(photos);
  const { jobs } = await planFromFile({ folder: files, file: "boxes.csv" }, files, ["boxes"]);
  const device = await deviceFor(values.model, undefined, { threads: 1 });
  const model = await openModel(values.model);
  const pictures = await Promise.all(
    jobs.map(async ({ picture }) => files.decodePicture(await files.read(picture))),
  );
  const bare = async (answers: boolean): Promise<void> => {
    for (const [index, { objects }] of jobs.entries()) {
      const segmenter = await openPicture(pictures[index], model, { run: device.run });
      if (answers) await segmentObjects(segmenter, objects);
    }
  };
  const settings = {
    model: values.model,
    prompts: ["boxes" as const],
    pictures: photos,
    planHash: "",
  };
  const pools = [1, 2].map((threads) => startJobThreads({ settings, folder }, threads));
  const batch = async (pool: (typeof pools)[number], some: readonly Job[]): Promise<void> => {
    const all: Promise<unknown>[] = [];
    for (const job of some) {
      await pool.room();
      all.push(pool.do(job));
    }
    const failed = (await Promise.all(all)).find((reason) => reason !== undefined);
    if (failed !== undefined) throw new Error(`${failed}`);
  };
  await bare(true);
  for (const pool of pools) await batch(pool, jobs.slice(0, 4));

  const best = { encoder: 0, loop: 0, one: 0, two: 0 };
  for (let round = 0; round < Number(values.rounds); round++) {
    best.encoder = Math.max(best.encoder, await pace(() => bare(false)));
    best.loop = Math.max(best.loop, await pace(() => bare(true)));
    best.one = Math.max(best.one, await pace(() => batch(pools[0], jobs)));
    best.two = Math.max(best.two, await pace(() => batch(pools[1], jobs)));
  }
  for (const pool of pools) await pool.close();
  await removeHalfWritten(folder);
  const ratio = (a: number, b: number) => (a / b).toFixed(2);
  console.log(`${values.model}, ${count} pictures of 480×360, best of ${values.rounds} rounds`);
  console.log(`encoder alone                 ${best.encoder.toFixed(2)} pictures/s`);
  console.log(`encoder and an answer         ${best.loop.toFixed(2)}`);
  console.log(`batch, one worker             ${best.one.toFixed(2)}`);
  console.log(`batch, two workers            ${best.two.toFixed(2)}`);
  console.log(`one worker to encoder alone   ${ratio(best.one, best.encoder)}`);
  console.log(`one worker to the bare loop   ${ratio(best.one, best.loop)}`);
  console.log(`two workers to one            ${ratio(best.two, best.one)}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
