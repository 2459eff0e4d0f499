import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openJobs } from "../../src/cli/batch/doJobs.ts";
import { closeQueue, openQueue, type QueuedJob, queueName } from "../../src/cli/batch/queue.ts";
import { readBatch } from "../../src/cli/batch/results.ts";
import { drawnBatch } from "../support/drawnBatch.ts";
import { type Postgres, startPostgres, withoutPostgres } from "../support/postgres.ts";
import { type Running, runMaskwise } from "../support/runMaskwise.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

vi.setConfig({ testTimeout: 900_000, hookTimeout: 600_000 });

const PICTURES = 24;
const absent = withoutPostgres();
let postgres: Postgres | undefined;

beforeAll(async () => {
  if (absent === undefined) postgres = await startPostgres();
});
afterAll(() => postgres?.stop());

test(`of three workers at a queue two are killed, and nothing is lost${absent ? ` (skipped: ${absent})` : ""}`, async ({
  skip,
}) => {
  if (postgres === undefined) return skip(absent);
  const { url } = postgres;
  const folder = temporaryFolder();
  const table = await drawnBatch(join(folder, "photos"), PICTURES);
  const batch = (out: string, workers: string) =>
    runMaskwise([
      ...["batch", join(folder, "photos"), "--prompts", "boxes", "--from", table],
      ...["--model", "colour", "--workers", workers, "--out", out, "--lease", "20"],
    ]);
  const whole = join(folder, "whole.json");
  expect(await batch(whole, "1").ended).toBe(0);
  const out = join(folder, "queued.json");
  const running = batch(out, `queue=${url}`);
  const done = () =>
    existsSync(`${out}.parts`)
      ? readdirSync(`${out}.parts`).filter((name) => /^\d+\.json$/.test(name)).length
      : 0;
  const workers: Running[] = [1, 2, 3].map(() =>
    runMaskwise(["worker", "--queue", url, "--threads", "1"]),
  );
  try {
    for (const [index, worker] of workers.slice(0, 2).entries()) {
      while (done() < 4 * (index + 1) && running.child.exitCode === null) await pause(10);
      worker.child.kill("SIGKILL");
    }
    expect(await running.ended, running.talk()).toBe(0);
    expect(readFileSync(out)).toEqual(readFileSync(whole));
    expect(readdirSync(folder).sort()).toEqual(["photos", "queued.json", "whole.json"]);
    workers[2].child.kill("SIGINT");
    expect(await workers[2].ended).toBe(0);
    expect(workers[2].talk()).toMatch(/\d+ pictures done\n$/);
  } finally {
    for (const { child } of [running, ...workers]) child.kill("SIGKILL");
  }
});

test(`a job that three workers are lost over is set aside and told, the others are done${absent ? ` (skipped: ${absent})` : ""}`, async ({
  skip,
}) => {
  if (postgres === undefined) return skip(absent);
  const { url } = postgres;
  const folder = temporaryFolder();
  const table = await drawnBatch(join(folder, "photos"), 3, { boxes: 1 });
  const out = join(folder, "queued.json");
  const running = runMaskwise([
    ...["batch", join(folder, "photos"), "--prompts", "boxes", "--from", table, "--lease", "5"],
    ...["--model", "colour", "--workers", `queue=${url}`, "--out", out],
  ]);
  const boss = await openQueue(url, () => {});
  const name = queueName(`${out}.parts`);
  let poisoned: QueuedJob | undefined;
  let losses = 0;
  let done = 0;
  try {
    // Here is a worker that is lost over the first job each time, and does the others.
    while (losses < 3 || done < 2) {
      const [taken] = await boss.fetch<QueuedJob>(name);
      if (taken === undefined) {
        await pause(200);
        continue;
      }
      const { folder, job } = taken.data;
      poisoned ??= taken.data;
      if (job.id === poisoned.job.id) losses++;
      else {
        await (await openJobs((await readBatch(folder)).settings, folder)).do(job);
        await boss.complete(name, taken.id, {});
        done++;
      }
    }
    expect(await running.ended, running.talk()).toBe(1);
  } finally {
    await closeQueue(boss);
    running.child.kill("SIGKILL");
  }
  expect(running.talk()).toContain("2 of 3 pictures done, 1 failed");
  const { failed } = JSON.parse(readFileSync(`${out}.parts/batch.json`, "utf8"));
  expect(failed).toEqual([
    {
      picture: poisoned?.job.picture,
      reason: expect.stringContaining("3 workers were lost over it"),
    },
  ]);
  expect(JSON.parse(readFileSync(out, "utf8")).images).toHaveLength(2);
});
