import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterEach, expect, test, vi } from "vitest";
import { drawnBatch } from "../../../test/support/drawnBatch.ts";
import { temporaryFolder } from "../../../test/support/temporaryFolder.ts";
import { imageOfObjects, planFromFile, segmentObjects } from "../../batch/index.ts";
import { dataFiles, deviceFor, openModel } from "../../node/index.ts";
import { openPicture } from "../../session/index.ts";
import { startThread } from "../startThread.ts";
import { type Asked, startJobThreads, type ThreadOrder } from "./jobThreads.ts";

// Threads take long to start where others use the machine, too.
vi.setConfig({ testTimeout: 900_000 });
afterEach(() => {
  vi.restoreAllMocks();
});

async function drawn(count: number) {
  const folder = temporaryFolder();
  const pictures = join(folder, "photos");
  await drawnBatch(pictures, count, { boxes: 1 });
  const files = dataFiles(pictures);
  const { jobs } = await planFromFile({ folder: files, file: "boxes.csv" }, files, ["boxes"]);
  const settings = { model: "colour", prompts: ["boxes"] as const, pictures, planHash: "" };
  return { folder, jobs, settings };
}

test("a job that its thread dies of is set aside after three; those beside it are done", async () => {
  const { folder, jobs, settings } = await drawn(4);
  const [, deadly] = jobs;
  const post = Worker.prototype.postMessage;
  const posted: number[] = [];
  vi.spyOn(Worker.prototype, "postMessage").mockImplementation(function (this: Worker, message) {
    const { job } = message as Asked;
    posted.push(job.id);
    if (job.id === deadly.id) void this.terminate();
    else post.call(this, message);
  });
  const pool = startJobThreads({ settings, folder }, 1);
  try {
    const reasons = await Promise.all(jobs.map((job) => pool.do(job)));
    expect(reasons).toEqual([
      undefined,
      "its thread ended 3 times: it ended by itself.",
      undefined,
      undefined,
    ]);
    expect(jobs.map(({ id }) => existsSync(join(folder, `${id}.json`)))).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect(posted.filter((id) => id === deadly.id)).toHaveLength(3);
  } finally {
    await pool.close();
  }
});

test("nobody is handed more than a thread computes and reads ahead", async () => {
  const { folder, jobs, settings } = await drawn(5);
  let waiting = 0;
  let most = 0;
  const pool = startJobThreads({ settings, folder }, 1);
  try {
    const all: Promise<unknown>[] = [];
    for (const job of jobs) {
      await pool.room();
      waiting++;
      most = Math.max(most, waiting);
      all.push(pool.do(job).then(() => waiting--));
    }
    await Promise.all(all);
    expect(most).toBe(2);
  } finally {
    await pool.close();
  }
});

test("a network looks ahead, and cuts out what it does in a bare loop, to the last byte", async () => {
  const { folder, jobs, settings } = await drawn(4);
  const pool = startJobThreads({ settings: { ...settings, model: "small" }, folder }, 1);
  try {
    expect(await Promise.all(jobs.map((job) => pool.do(job)))).toEqual(jobs.map(() => undefined));
  } finally {
    await pool.close();
  }
  const { run } = await deviceFor("small", undefined, { threads: 1 });
  const model = await openModel("small");
  const files = dataFiles(settings.pictures);
  for (const job of jobs) {
    const picture = await files.decodePicture(await files.read(job.picture));
    const segmenter = await openPicture(picture, model, { run });
    const found = await segmentObjects(segmenter, job.objects);
    const image = imageOfObjects(job, picture, job.objects, found);
    expect(readFileSync(join(folder, `${job.id}.json`), "utf8")).toBe(`${JSON.stringify(image)}\n`);
  }
});

test("a thread that loses the one it looks with ends, and says nothing of its jobs: they are tried again", async () => {
  const { folder, jobs, settings } = await drawn(2);
  const order = { settings: { ...settings, model: "small" }, folder, looksAhead: true };
  const source = new URL("../../../test/support/losingJobThread.ts", import.meta.url);
  const { worker } = startThread(source, order satisfies ThreadOrder);
  const said: unknown[] = [];
  worker.on("message", (message) => said.push(message));
  const reason = new Promise<Error>((resolve) => worker.once("error", resolve));
  jobs.forEach((job, number) => {
    worker.postMessage({ number, job } satisfies Asked);
  });
  expect((await reason).message).toMatch("the thread that ONNX Runtime computed in ended");
  await new Promise((resolve) => worker.once("exit", resolve));
  expect(said).toEqual([]);
});

test("a model that cannot be opened fails every job, with its reason", async () => {
  const { folder, jobs, settings } = await drawn(2);
  const model = join(folder, "none.safetensors");
  const pool = startJobThreads({ settings: { ...settings, model }, folder }, 1);
  try {
    await expect(pool.do(jobs[0])).rejects.toThrow("it does not exist");
  } finally {
    await pool.close();
  }
});
