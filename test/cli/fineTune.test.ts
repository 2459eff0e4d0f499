import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readNetworkFile } from "../../src/models/index.ts";
import { readRecipe } from "../../src/train/index.ts";
import { figures, PATIENT, RECIPE, run, stoppedOnceTold } from "./trainingRun.ts";
import { type } from "./typed.ts";

/** A look before the first step, and after every second one. */
const BEST = `${RECIPE.replace("every: 100, objects: 1", "every: 2, objects: 9")}keep: best\n`;

/** A file of weights of the smallest network, and how many steps they were trained. */
async function weights(): Promise<string> {
  const first = await run();
  await first.train();
  return join(first.out, "weights.safetensors");
}

function numbersIn(path: string) {
  return readNetworkFile(readFileSync(path));
}

function overall({ miou }: Record<string, unknown>): number {
  return (miou as number[]).reduce((sum, value) => sum + value, 0);
}

test("what is left is the best of all looks, and is told beside what was before", async () => {
  const { out, train } = await run(BEST.replace("rate: 0.01", "rate: 0.3"));
  const start = await weights();
  const { code, result } = await train("--fine-tune", start);
  expect(code).toBe(0);
  const looks = figures(out).filter(({ kind }) => kind === "held out");
  expect(looks.map(({ step }) => step)).toEqual([0, 2, 4]);
  const best = looks.reduce((best, one) => (overall(one) > overall(best) ? one : best));
  const kept = numbersIn(join(out, "weights.safetensors"));
  expect(kept.notes["steps"]).toBe(`${best["step"]}`);
  if (best["step"] === 0) expect(kept.numbers).toEqual(numbersIn(start).numbers);
  expect(result.toString()).toMatch(
    /^(After 4 steps, those after \d did best|No look was better .*) on \d held-out objects.*:\n {2}mean IoU after a click: [\d.]+ % \([\d.]+ % before(: worse now)?\)\n {2}mean IoU over 2 clicks: .*\n {2}clicks to 90 % IoU: .*\nUse them with --model ".*weights\.safetensors"\.\n$/,
  );
});

test("a network that only gets worse stays as it was, and that is said", async () => {
  // Nothing survives such steps.
  const { out, train } = await run(BEST.replace("rate: 0.01", "rate: 1000"));
  const start = await weights();
  const { code, result } = await train("--fine-tune", start);
  expect(code).toBe(0);
  expect(result.toString()).toMatch(
    /^No look was better than that before the first step: the weights are as they were\. After 4 steps, /,
  );
  const [kept, given] = [join(out, "weights.safetensors"), start].map(numbersIn);
  expect(kept.numbers).toEqual(given.numbers);
});

test("Ctrl-C keeps the best so far; --resume compares with the same beginning", async () => {
  const text = BEST.replace("rate: 0.01", "rate: 1000");
  const { out, train, trainAt } = await run(text);
  const start = await weights();
  const stopped = await trainAt(stoppedOnceTold(/^Training: 3 of 4, /), "--fine-tune", start);
  expect(stopped.code).toBe(1);
  expect(stopped.talk).toMatch(/\nNo look was better [\s\S]*\nerror: train: expected to finish/);
  const kept = readFileSync(join(out, "weights.safetensors"));
  expect((await train("--resume")).code).toBe(0);
  expect(figures(out).filter(({ kind }) => kind === "held out")).toHaveLength(3);
  expect(readFileSync(join(out, "weights.safetensors")).equals(kept)).toBe(true);
});

test("no recipe is needed: that of the package is taken, for the network of the weights", async () => {
  const { out, data } = await run();
  const words = ["train", "--fine-tune", await weights(), "--data", data, "--out", out];
  // In the look before the first step.
  const { code, talk } = await type(words, {
    ...PATIENT,
    ...stoppedOnceTold(/^Looking at held-out objects: 0 of /),
  });
  expect([code, talk]).toEqual([1, expect.stringContaining(`add --resume to go on.\n`)]);
  const recipe = readFileSync(join(out, "recipe.yaml"), "utf8");
  expect(readRecipe("recipe.yaml", recipe)).toMatchObject({ network: "tiny", keep: "best" });
  expect(recipe).toContain("# It knows the task already");
  expect(statSync(join(out, "checkpoint.safetensors")).size).toBeGreaterThan(1e6);
  expect(existsSync(join(out, "weights.safetensors"))).toBe(false);
});

test("what cannot be fine-tuned is told, and nothing is written", async () => {
  const { folder, out, data, recipe } = await run();
  const fault = async (...words: readonly string[]) => {
    const { code, talk } = await type(["train", "--out", out, ...words], PATIENT);
    expect(existsSync(out)).toBe(false);
    return `${code} ${talk.replaceAll(folder, "")}`;
  };
  expect(await fault("--data", data)).toBe(
    "2 error: expected a recipe, or --fine-tune, which has its own; got neither.\n",
  );
  expect(await fault("--data", data, "--fine-tune", "smal")).toMatch(
    /^2 error: option '--fine-tune <weights>' argument 'smal' is invalid\. Expected small, or a \.safetensors file/,
  );
  expect(await fault("--data", data, "--fine-tune", join(folder, "no.safetensors"))).toMatch(
    /^1 error: openModel: expected the weights of a network in a file at "\/no\.safetensors", got nothing/,
  );
  expect(
    await fault(recipe, "--data", data, "--fine-tune", "a.safetensors", "--start", "b.safetensors"),
  ).toBe("2 error: --start: expected one file of weights to begin with, got another before it.\n");
  expect(await fault(recipe, "--data", data, "--data", `scenes=${data}`)).toMatch(
    /^2 error: --data: expected NAME=PATH for each of the recipe's scenes, got /,
  );
  expect(await fault(recipe, "--data", data, "--data", data)).toMatch(/^2 error: .*each name once/);
});
