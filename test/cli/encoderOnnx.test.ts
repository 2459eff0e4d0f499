/** A user's encoder in an ONNX file, wherever a model is named. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { BACKGROUND, OBJECT } from "../../src/clicks/index.ts";
import { reportSchema } from "../../src/evaluate/index.ts";
import { constant, expand, graph, input, tensor, writeOnnx } from "../../src/graph/index.ts";
import { pixel } from "../../src/image/index.ts";
import { CONFIGURATIONS, network, onnxModel, writeNetworkFile } from "../../src/models/index.ts";
import { loadOnnxRuntime } from "../../src/node/index.ts";
import { interpreterDevice, ortNetwork } from "../../src/runtime/index.ts";
import { newSession, openPicture, sayAll } from "../../src/session/index.ts";
import { movedNumbers } from "../support/movedNumbers.ts";
import { stripes, stripesEncoder } from "../support/stripesEncoder.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { grey, type } from "./typed.ts";

/** Nobody presses Ctrl-C, and no time passes, so that there is no progress to tell. */
const PATIENT = { interrupted: () => new Promise<void>(() => {}), now: () => 0 };
const SIZE = { width: 64, height: 48 };
const PICTURE = stripes(SIZE, 20);
const ENCODER = writeOnnx(stripesEncoder(SIZE));
const WORDS = ["--object", "8,24", "--background", "56,24"];

/** A folder with the picture, its mask, and a file of an encoder. */
async function prepared(encoder: Uint8Array = ENCODER): Promise<string> {
  const folder = temporaryFolder();
  const write = (data: Uint8Array, channels: 1 | 3, name: string) =>
    sharp(data, { raw: { ...SIZE, channels } }).toFile(join(folder, name));
  await write(Uint8Array.from(PICTURE.data), 3, "stripes.png");
  const truth = Uint8Array.from({ length: 64 * 48 }, (_, at) => (at % 64 < 20 ? 255 : 0));
  await write(truth, 1, "stripes.mask.png");
  writeFileSync(join(folder, "mine.onnx"), encoder);
  return folder;
}

/** Segment the picture of a folder by its encoder. */
async function maskIn(
  folder: string,
  file = "mine.onnx",
  ...words: readonly string[]
): Promise<Uint8Array> {
  const about = ["segment", join(folder, "stripes.png"), ...WORDS, "-o", join(folder, "out.png")];
  const { code, talk } = await type([...about, "--model", join(folder, file), ...words]);
  expect(talk).not.toContain("error");
  expect(code).toBe(0);
  return Uint8Array.from((await grey(join(folder, "out.png"))).data);
}

test("a photo is segmented by the features of a file, as by those of its bytes elsewhere", async () => {
  const mask = await maskIn(await prepared());
  const web = await loadOnnxRuntime("onnxruntime-web");
  const model = onnxModel("mine.onnx", await ortNetwork(web, ENCODER, { provider: "wasm" }));
  const segmenter = await openPicture(PICTURE, model, { run: interpreterDevice().run });
  const session = sayAll(newSession(PICTURE), [
    { kind: "click", at: pixel(8, 24), says: OBJECT },
    { kind: "click", at: pixel(56, 24), says: BACKGROUND },
  ]);
  const expected = (await segmenter.segment(session)).mask.data;
  const different = mask.filter((value, at) => value !== 255 * expected[at]).length;
  // Two runtimes sum in different orders: a pixel that is all but undecided may fall either way.
  expect(different).toBeLessThan(5);
  expect(mask.filter((value) => value === 255).length).toBeGreaterThan(0);
});

test("an evaluation clicks on what the encoder's features have found", async () => {
  const folder = await prepared();
  const about = ["--data", folder, "--model", join(folder, "mine.onnx")];
  const most = ["--clicks", "4", "--threads", "1", "--json", join(folder, "report.json")];
  const { code, talk } = await type(["evaluate", ...about, ...most], PATIENT);
  expect({ code, talk }).toEqual({ code: 0, talk: "" });
  const report = reportSchema.parse(JSON.parse(readFileSync(join(folder, "report.json"), "utf8")));
  expect(report.model).toBe("mine");
  expect(report.device).toMatch("ONNX Runtime (cpu, float32); ");
  const [sample] = Object.values(report.sets)[0].samples;
  const [right, union] = sample.overlaps.at(-1) ?? [0, 1];
  expect(right / union).toBeGreaterThan(0.8);
  expect(sample.kept.violated).toBe(0);
});

test("the encoder of an exported network is one, by what its file says", async () => {
  const folder = await prepared();
  const configuration = { ...CONFIGURATIONS.tiny, side: 64 };
  const numbers = movedNumbers(network(configuration).parameters);
  const weights = join(folder, "tiny.safetensors");
  writeFileSync(weights, writeNetworkFile({ configuration, numbers, notes: {} }));
  await type(["export", weights, "--onnx", join(folder, "tiny.onnx")]);
  const mask = await maskIn(folder, "tiny.encoder.onnx");
  expect([mask[24 * 64 + 8], mask[24 * 64 + 56]]).toEqual([255, 0]);
});

test("features that say nothing leave colours to decide", async () => {
  const image = input("image", { batch: 1, channels: 3, ...SIZE });
  const nothing = expand(constant(tensor({}, [0])), {
    batch: 1,
    features: 40,
    rows: 3,
    columns: 4,
  });
  const metadata = { maskwise: JSON.stringify({ output: "nothing" }) };
  const folder = await prepared(writeOnnx(graph({ image, nothing }), { metadata }));
  const mask = await maskIn(folder, "mine.onnx", "--device", "cpu");
  expect([mask[24 * 64 + 8], mask[24 * 64 + 56]]).toEqual([255, 0]);
});

test("what is no encoder is told in one line, with the cure", async () => {
  const image = input("image", { batch: 1, channels: 1, height: 48, width: 64 });
  const folder = await prepared(writeOnnx(graph({ image })));
  const photo = join(folder, "stripes.png");
  const told = async (file: string) => {
    const { code, talk } = await type(["segment", photo, ...WORDS, "--model", join(folder, file)]);
    expect(code).toBe(1);
    return talk.replaceAll(folder, "…");
  };
  expect(await told("mine.onnx")).toMatchInlineSnapshot(`
    "error: mine.onnx: expected the input "image" to be [1, 3, height, width], got [1, 1, 48, 64]. Export the model so.
    "
  `);
  expect(await told("gone.onnx")).toMatchInlineSnapshot(`
    "error: openOnnxModel: expected an ONNX model in a file at "…/gone.onnx", got nothing: it does not exist. Check the path.
    "
  `);
  writeFileSync(join(folder, "text.onnx"), "no network");
  expect(await told("text.onnx")).toMatch(
    /^error: openOnnxModel: expected an ONNX model at "…\/text\.onnx" that ONNX Runtime runs on "cpu", got /,
  );
});
