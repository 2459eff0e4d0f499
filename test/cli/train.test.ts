import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { readSafetensors } from "../../src/formats/index.ts";
import { sceneFolder } from "../support/sceneFolder.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { contents, type Typed, type } from "./typed.ts";

const RECIPE = `
network: tiny # the smallest there is
sources: { scenes: 1 }
heldOut: 0.3
crop: { side: 64, scale: [0.9, 1.5], least: 0.02 }
clicks: { most: 3 }
curriculum: [{ steps: 4, tasks: { first: 1, correction: 1, loop: 1 } }]
batch: 1
loss: { focal: 1, iou: 1 }
optimiser: { name: sgd, rate: 0.01 }
averaging: 0.5
evaluation: { every: 100, objects: 1, clicks: 2 }
`;

/** Nobody presses Ctrl-C, and no time passes. */
const PATIENT = { interrupted: () => new Promise<void>(() => {}), now: () => 0 };

interface Run {
  readonly folder: string;
  readonly out: string;
  readonly data: string;
  train(...words: readonly string[]): Promise<Typed>;
}

async function run(text = RECIPE): Promise<Run> {
  const folder = temporaryFolder();
  const data = await sceneFolder(6);
  const recipe = join(folder, "recipe.yaml");
  const out = join(folder, "run");
  writeFileSync(recipe, text);
  return {
    folder,
    data,
    out,
    train: (...words) =>
      type(["train", recipe, "--data", `scenes=${data}`, "--out", out, ...words], PATIENT),
  };
}

function figures(out: string): readonly Record<string, unknown>[] {
  const lines = readFileSync(join(out, "figures.jsonl"), "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line));
}

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

test("a run that was stopped goes on with --resume, and ends where one in one go does, whatever makes the batches", async () => {
  const whole = await run();
  await whole.train();
  const parts = await run();
  let asked = 0;
  // Ctrl-C once the second step is told, at the latest.
  const stop = { stopNow: () => {} };
  const interrupted = () => new Promise<void>((resolve) => (stop.stopNow = resolve));
  const now = () => {
    if (++asked > 12) stop.stopNow();
    return 0;
  };
  const recipe = join(parts.folder, "recipe.yaml");
  const words = ["train", recipe, "--data", `scenes=${parts.data}`, "--out", parts.out];
  const stopped = await type(words, { interrupted, now });
  expect(stopped.code).toBe(1);
  expect(stopped.talk).toBe(
    `error: train: expected to finish, got stopped. All is in "${parts.out}"; add --resume to go on.\n`,
  );
  expect(figures(parts.out).length).toBeLessThan(4);
  const resumed = await parts.train("--resume", "--threads", "2");
  expect(resumed.code).toBe(0);
  for (const name of ["weights.safetensors", "checkpoint.safetensors", "figures.jsonl"]) {
    const [a, b] = [whole.out, parts.out].map((out) => readFileSync(join(out, name)));
    expect(a.equals(b)).toBe(true);
  }
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
  expect(await fault(RECIPE.replace("tiny", "tinny"))).toBe(
    '1 error: recipe: expected network to be one of tiny, small, botnet50, got "tinny".\n',
  );
  expect(await fault(RECIPE.replace("{ scenes: 1 }", "{ scenes: 1, coco: 1 }"))).toBe(
    '1 error: sources: expected data for "coco", got scenes. Say where it is: --data coco=PATH.\n',
  );
  expect(await fault(RECIPE, "--resume")).toBe(
    '2 error: --resume: expected a run with a checkpoint in "/run", got none.\n',
  );
  expect(await fault(RECIPE, "--start", "a", "--encoder", "b")).toMatch(/^2 error: --encoder: /);
  expect(await fault(RECIPE, "--data", "scenes=elsewhere")).toMatch(/^2 error: .*each name once/);
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
