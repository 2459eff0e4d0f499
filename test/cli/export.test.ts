/** `maskwise export`: what other programs get of a network. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as ort from "onnxruntime-node";
import { expect, test } from "vitest";
import { type Click, OBJECT } from "../../src/clicks/index.ts";
import { type Picture, pixel } from "../../src/image/index.ts";
import {
  CONFIGURATIONS,
  type NetworkConfiguration,
  network,
  networkModel,
  writeNetworkFile,
} from "../../src/models/index.ts";
import { beliefFromLogits } from "../../src/models/network/beliefFromLogits.ts";
import { interpreterDevice } from "../../src/runtime/index.ts";
import { randomNumbers } from "../../src/tensor/index.ts";
import { movedNumbers } from "../support/movedNumbers.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { contents, type Typed, type } from "./typed.ts";

/** `tiny` on images small enough for a test. */
const CONFIGURATION = { ...CONFIGURATIONS.tiny, side: 64 };
const NUMBERS = movedNumbers(network(CONFIGURATION).parameters);
const NOTES = { licence: "CC-BY-4.0", recipe: "recipes/tiny.yaml" };

const WIDTH = 64;
const HEIGHT = 32;
const CLICKS = 3;
const LABELS = ["background", OBJECT];

/** On a CPU half precision has kernels for some operators only, which would be told at length. */
const QUIET = { logSeverityLevel: 3 } as const;

const random = randomNumbers(3);
const PICTURE: Picture = {
  width: WIDTH,
  height: HEIGHT,
  data: Uint8Array.from({ length: 3 * WIDTH * HEIGHT }, () => 256 * random()),
};

const click = (x: number, y: number, says: string): Click => ({
  kind: "click",
  at: pixel(x, y),
  says,
});
const SAID = [click(50, 10, OBJECT), click(3, 30, "background")];

/** A folder with `mine.safetensors`. */
function prepared(configuration: NetworkConfiguration = CONFIGURATION): string {
  const folder = temporaryFolder();
  const numbers = movedNumbers(network(configuration).parameters);
  const file = writeNetworkFile({ configuration, numbers, notes: NOTES });
  writeFileSync(join(folder, "mine.safetensors"), file);
  return folder;
}

/** Export the network of a folder as `out.onnx` in it. */
function exportIn(folder: string, ...words: readonly string[]): Promise<Typed> {
  const [model, file] = [join(folder, "mine.safetensors"), join(folder, "out.onnx")];
  return type(["export", model, "--onnx", file, ...words]);
}

/** As documented: planes of red, green and blue from 0 to 1. */
function imageOf({ data }: Picture): ort.Tensor {
  const planes = [0, 1, 2].flatMap((c) => [...data.filter((_, i) => i % 3 === c)]);
  const numbers = Float32Array.from(planes, (value) => value / 255);
  return new ort.Tensor("float32", numbers, [1, 3, HEIGHT, WIDTH]);
}

/** As documented: one list for each part of the clicks, 0 where there is none. */
function listsOf(clicks: readonly Click[]): Record<string, ort.Tensor> {
  const list = (of: (own: Click) => number) => {
    const numbers = Float32Array.from({ length: CLICKS }, (_, i) =>
      i < clicks.length ? of(clicks[i]) : 0,
    );
    return new ort.Tensor("float32", numbers, [1, CLICKS]);
  };
  return {
    row: list(({ at }) => at.y + 0.5),
    column: list(({ at }) => at.x + 0.5),
    says: list(({ says }) => (says === OBJECT ? 1 : 0)),
    weight: list(() => 1),
  };
}

/** The logits of the two files, run by ONNX Runtime alone. */
async function logitsOf(folder: string, clicks: readonly Click[]): Promise<Float32Array> {
  const open = (part: string) =>
    ort.InferenceSession.create(join(folder, `out.${part}.onnx`), QUIET);
  const [encoder, answering] = await Promise.all([open("encoder"), open("click")]);
  const features = await encoder.run({ image: imageOf(PICTURE) });
  const [height, width] = [HEIGHT / 4, WIDTH / 4];
  const start = new ort.Tensor("float32", new Float32Array(height * width), [1, height, width]);
  const { logits } = await answering.run({ ...features, ...listsOf(clicks), start });
  expect(logits.dims).toEqual([1, height, width]);
  return logits.data as Float32Array;
}

/** The largest difference of a logit's probability at any pixel from what the model itself says. */
async function distance(logits: Float32Array): Promise<number> {
  const plane = { width: WIDTH / 4, height: HEIGHT / 4, data: logits };
  const got = beliefFromLogits(PICTURE, LABELS, [plane]).rows(0, HEIGHT);
  const { run } = interpreterDevice();
  const seen = await networkModel(CONFIGURATION, NUMBERS).encode(PICTURE, { run });
  const belief = await seen.answer({ labels: LABELS, prompts: SAID }, { run });
  const expected = belief.rows(0, HEIGHT);
  return Math.max(...got.map((value, i) => Math.abs(value - expected[i])));
}

test("the files answer as the model does, whatever the order of the clicks", async () => {
  const folder = prepared();
  const { code, talk } = await exportIn(folder, "--size", "64x32", "--clicks", `${CLICKS}`);
  expect(talk.replaceAll(folder, "…")).toMatch(
    /^for pictures of 64×32 and up to 3 clicks\nwrote …\/out\.encoder\.onnx \(\d\.\d MB\)\nwrote …\/out\.click\.onnx \(\d\.\d MB\)\n$/,
  );
  expect(code).toBe(0);
  const logits = await logitsOf(folder, SAID);
  // Some forty layers in single precision, in another order on another device.
  expect(await distance(logits)).toBeLessThan(1e-4);
  expect(await logitsOf(folder, SAID.toReversed())).toEqual(logits);
  expect(await logitsOf(folder, SAID.slice(1))).not.toEqual(logits);
});

test("half precision halves the files and keeps the answer", async () => {
  const words = ["--size", "64x32", "--clicks", `${CLICKS}`];
  const [whole, half] = [prepared(), prepared()];
  await exportIn(whole, ...words);
  await exportIn(half, ...words, "--half");
  const bytesIn = (folder: string) => readFileSync(join(folder, "out.encoder.onnx")).length;
  expect(bytesIn(half) / bytesIn(whole)).toBeLessThan(0.7);
  // Eleven bits, through some forty layers.
  expect(await distance(await logitsOf(half, SAID))).toBeLessThan(2e-2);
});

test("the files say what they are, what they take, and what the weights' file says", async () => {
  const folder = prepared();
  await exportIn(folder);
  for (const part of ["encoder", "click"]) {
    const text = readFileSync(join(folder, `out.${part}.onnx`), "latin1");
    for (const said of ["tiny", "CC-BY-4.0", "recipes/tiny.yaml", "64x64", '"heads":']) {
      expect(text).toContain(said);
    }
  }
  expect(readFileSync(join(folder, "out.click.onnx"), "latin1")).toContain(
    "in pixels of image: the centre of its upper left pixel is 0.5",
  );
  const session = await ort.InferenceSession.create(join(folder, "out.click.onnx"));
  const row = session.inputMetadata.find(({ name }) => name === "row");
  expect(row).toMatchObject({ shape: [1, 32], type: "float32" });
});

test("what cannot be exported is told with the cure, and nothing is written", async () => {
  const folder = prepared();
  const weights = join(folder, "mine.safetensors");
  const before = contents(folder);
  const told = async (...words: readonly string[]) => {
    const { code, talk } = await type(["export", ...words]);
    return `${code} ${talk.trim().replaceAll(folder, "…")}`;
  };
  const to = ["--onnx", join(folder, "none.onnx")];
  expect(await told("colour", ...to)).toMatchInlineSnapshot(
    `"2 error: command-argument value 'colour' is invalid for argument 'model'. The model colour has no network: it learns from the picture alone. Name small, or a .safetensors file."`,
  );
  expect(await told("large", ...to)).toMatchInlineSnapshot(
    `"2 error: command-argument value 'large' is invalid for argument 'model'. Expected small, or a .safetensors file with the weights of a network."`,
  );
  expect(await told(weights)).toMatchInlineSnapshot(
    `"2 error: required option '--onnx <file>' not specified"`,
  );
  expect(await told(weights, "--onnx", "none.pt")).toMatchInlineSnapshot(
    `"2 error: option '--onnx <file>' argument 'none.pt' is invalid. Expected a file that ends in .onnx."`,
  );
  expect(await told(weights, ...to, "--size", "65x32")).toMatchInlineSnapshot(
    `"1 error: network "tiny": expected an image whose sides are multiples of 16, got 65×32. Resize it."`,
  );
  expect(await told(weights, ...to, "--size", "64")).toMatchInlineSnapshot(
    `"2 error: option '--size <WIDTHxHEIGHT>' argument '64' is invalid. Expected WIDTHxHEIGHT in pixels, such as 384x256."`,
  );
  expect(await told(weights, ...to, "--clicks", "0")).toMatchInlineSnapshot(
    `"2 error: option '--clicks <number>' argument '0' is invalid. Expected a whole number from 1 to 1024."`,
  );
  expect(await told(weights, "--onnx", join(folder, "no", "a.onnx"))).toMatchInlineSnapshot(
    `"1 error: write: expected a folder at "…/no" to write "a.encoder.onnx" in, got nothing. Make the folder first."`,
  );
  expect(await told(join(folder, "no.safetensors"), ...to)).toMatchInlineSnapshot(
    `"1 error: openModel: expected the weights of a network in a file at "…/no.safetensors", got nothing: it does not exist. Check the path."`,
  );
  expect(contents(folder)).toEqual(before);
});

test("a network that clicks enter early has nothing to export", async () => {
  const { interaction } = CONFIGURATION;
  const early = { ...CONFIGURATION, interaction: { ...interaction, entry: "early" as const } };
  const { code, talk } = await exportIn(prepared(early));
  expect([code, talk]).toMatchInlineSnapshot(`
    [
      1,
      "error: exportNetwork: expected a network that clicks enter late, got "tiny", whose clicks enter early: there is no encoder without them. Export another.
    ",
    ]
  `);
});
