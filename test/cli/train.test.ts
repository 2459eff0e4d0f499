import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { readSafetensors } from "../../src/formats/index.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { figures, PATIENT, RECIPE, run, stoppedOnceTold } from "./trainingRun.ts";
import { contents, type } from "./typed.ts";

test("a run leaves a folder with all that is needed to tell it and to go on", async () => {
  const { out, data, train } = await run();
  const { code, talk, result } = await train();
  expect({ code, talk }).toEqual({ code: 0, talk: "" });
  expect(result.toString()).toMatch(
    /^4 steps done; on 1 held-out objects mean IoU [\d.]+ % after a click, [\d.]+ clicks to 90 %\.\n$/,
  );
  expect(Object.keys(contents(out))).toEqual([
    "checkpoint.safetensors",
    "curves.html",
    "figures.jsonl",
    "recipe.yaml",
    "run.json",
    "weights.safetensors",
  ]);
  expect(figures(out).map(({ kind, step }) => [kind, step])).toEqual([
    ["step", 0],
    ["step", 1],
    ["step", 2],
    ["step", 3],
    ["held out", 4],
  ]);
  expect(readFileSync(join(out, "recipe.yaml"), "utf8")).toBe(RECIPE);
  const facts = JSON.parse(readFileSync(join(out, "run.json"), "utf8"));
  expect(facts).toMatchObject({ seed: 1, device: "cpu", data: { scenes: { path: data } } });
  const page = readFileSync(join(out, "curves.html"), "utf8");
  expect(page).toContain("4 of 4 steps");
  expect(page).not.toContain("http-equiv");
  const { tensors } = readSafetensors(readFileSync(join(out, "weights.safetensors")));
  expect([...tensors.keys()].some((name) => name.includes(":"))).toBe(false);
});

test("twenty steps are ten, a stop, and ten more with --resume, to the last bit, whatever makes the batches", async () => {
  const text = RECIPE.replace("steps: 4", "steps: 20");
  const whole = await run(text);
  await whole.train();
  const parts = await run(text);
  const stopped = await parts.trainAt(stoppedOnceTold(/^Training: 10 of 20, about /));
  expect(stopped.code).toBe(1);
  expect(stopped.talk).toContain(
    `error: train: expected to finish, got stopped. All is in "${parts.out}"; add --resume to go on.\n`,
  );
  expect(figures(parts.out)).toHaveLength(10);
  const resumed = await parts.train("--resume", "--threads", "2");
  expect(resumed.code).toBe(0);
  for (const name of ["weights.safetensors", "checkpoint.safetensors"]) {
    const [a, b] = [whole.out, parts.out].map((out) => readFileSync(join(out, name)));
    expect(a.equals(b)).toBe(true);
  }
  const [a, b] = [whole.out, parts.out].map((out) =>
    figures(out).map(({ seconds, ...figure }) => figure),
  );
  expect(a).toEqual(b);
});

test("a run is resumed by the recipe in its folder, and tells its figures again once it is done", async () => {
  const { out, data, train } = await run();
  const done = await train();
  const words = ["train", "--data", data, "--out", out, "--resume"];
  const again = await type(words, PATIENT);
  expect([again.code, again.result.toString()]).toEqual([0, done.result.toString()]);
});

test("Ctrl-C ends a look at once; --resume takes it up", async () => {
  const text = RECIPE.replace("every: 100, objects: 1", "every: 2, objects: 9");
  const { out, train, trainAt } = await run(text);
  const stopped = await trainAt(stoppedOnceTold(/^Looking at held-out objects: 1 of \d+, about /));
  expect(stopped.code).toBe(1);
  expect(figures(out).map(({ kind }) => kind)).toEqual(["step", "step"]);
  expect((await train("--resume")).code).toBe(0);
  expect(figures(out).map(({ kind, step }) => [kind, step])).toEqual([
    ["step", 0],
    ["step", 1],
    ["held out", 2],
    ["step", 2],
    ["step", 3],
    ["held out", 4],
  ]);
});

test("a new run may begin with the weights of another", async () => {
  const first = await run();
  await first.train();
  const next = await run(RECIPE.replace("rate: 0.01", "rate: 1.e-12"));
  const start = join(first.out, "weights.safetensors");
  expect((await next.train("--start", start)).code).toBe(0);
  const [a, b] = [first.out, next.out].map(
    (out) => readSafetensors(readFileSync(join(out, "weights.safetensors"))).tensors,
  );
  const name = "logits.weight";
  expect(b.get(name)?.data).toEqual(a.get(name)?.data);
});

test("what is wrong with a run is told before it begins, and nothing is written", async () => {
  const fault = async (text: string, ...words: readonly string[]) => {
    const { folder, out, train } = await run(text);
    const { code, talk } = await train(...words);
    expect(existsSync(out)).toBe(false);
    return `${code} ${talk.replaceAll(folder, "")}`;
  };
  expect(await fault(RECIPE.replace("batch: 1", "batch: 0"))).toMatch(
    /^1 error: \/recipe\.yaml: expected a recipe, got batch: /,
  );
  expect(await fault(RECIPE.replace("least: 0.02", "leest: 0.02"))).toBe(
    '1 error: /recipe.yaml: expected a recipe, got crop: Unrecognized key: "leest".\n',
  );
  expect(await fault(RECIPE.replace("tiny", "tinny"))).toBe(
    '1 error: recipe: expected network to be one of tiny, small, botnet50, got "tinny".\n',
  );
  expect(await fault(RECIPE.replace("{ scenes: 1 }", "{ scenes: 1, coco: 1 }"))).toBe(
    '1 error: sources: expected data for "coco", got scenes. Say where it is: --data coco=PATH.\n',
  );
  expect(await fault(RECIPE, "--resume")).toBe(
    '2 error: --resume: expected a run with a checkpoint in "/run", got none.\n',
  );
  expect(await fault(RECIPE, "--start", "small", "--encoder", "b")).toMatch(
    /^2 error: --encoder: /,
  );
  expect(await fault(RECIPE, "--data", "scenes=elsewhere")).toMatch(/^2 error: .*each name once/);
});

test("a folder without pictures is told, with what was looked for", async () => {
  const { folder, recipe, out } = await run();
  const words = ["train", recipe, "--data", temporaryFolder(), "--out", out];
  const { code, talk } = await type(words, PATIENT);
  expect(code).toBe(1);
  expect(talk).toMatch(/^error: \S+: expected a data set, got an empty folder\. Looked for\n {2}/);
  expect(contents(folder)).toEqual({ "recipe.yaml": expect.anything() });
});

test("masks without objects are told once each; a set of nothing else ends the run", async () => {
  const empty = temporaryFolder();
  mkdirSync(empty, { recursive: true });
  const raw = { width: 20, height: 20 };
  await sharp(new Uint8Array(1200), { raw: { ...raw, channels: 3 } }).toFile(join(empty, "a.png"));
  await sharp(new Uint8Array(400), { raw: { ...raw, channels: 1 } }).toFile(
    join(empty, "a.mask.png"),
  );
  const { out, train } = await run(
    RECIPE.replace("heldOut: 0.3", "heldOut: 0").replace("{ scenes: 1 }", "{ scenes: 1, none: 5 }"),
  );
  const mixed = await train("--data", `none=${empty}`);
  expect(mixed.code).toBe(0);
  expect(mixed.talk).toMatch(
    /^passed over \S+\/a\.mask: expected an object in the mask, got none\.\n$/,
  );
  expect(mixed.result.toString()).toBe("4 steps done; nothing was held out to look at.\n");
  expect(figures(out).length).toBe(4);
  const { folder } = await run();
  const recipe = join(folder, "recipe.yaml");
  writeFileSync(
    recipe,
    RECIPE.replace("scenes: 1", "none: 1").replace("heldOut: 0.3", "heldOut: 0"),
  );
  const words = ["train", recipe, "--data", `none=${empty}`, "--out", join(folder, "run")];
  const { code, talk } = await type(words, PATIENT);
  expect(code).toBe(1);
  expect(talk).toMatch(
    /^error: train: no batch could be made for step 0: drawObject: expected a picture with an object/m,
  );
});
