/** A network in a file of weights, as `maskwise train` writes it, wherever a model is named. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { annotate, reportSchema } from "../../src/evaluate/index.ts";
import { CONFIGURATIONS, network, networkModel, writeNetworkFile } from "../../src/models/index.ts";
import { loadOnnxRuntime } from "../../src/node/index.ts";
import { ortDevice } from "../../src/runtime/index.ts";
import { openPicture } from "../../src/session/index.ts";
import { movedNumbers } from "../support/movedNumbers.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { disc, grey, HEIGHT, type, WIDTH, writePhoto } from "./typed.ts";

/** Nobody presses Ctrl-C, and no time passes, so that there is no progress to tell. */
const PATIENT = { interrupted: () => new Promise<void>(() => {}), now: () => 0 };
const SIZE = { width: WIDTH, height: HEIGHT };

/** `tiny` on images small enough for a test. */
const CONFIGURATION = { ...CONFIGURATIONS.tiny, side: 64 };
const NUMBERS = movedNumbers(network(CONFIGURATION).parameters);
const WEIGHTS = writeNetworkFile({ configuration: CONFIGURATION, numbers: NUMBERS, notes: {} });

test("a photo is segmented by the network of a file", async () => {
  const folder = temporaryFolder();
  const photo = await writePhoto(join(folder, "disc.png"));
  const weights = join(folder, "mine.safetensors");
  writeFileSync(weights, WEIGHTS);
  const words = ["segment", photo, "--object", "20,20", "--background", "50,35"];
  const { code, talk } = await type([...words, "--model", weights]);
  expect(talk).toContain(`wrote ${join(folder, "disc.mask.png")}\n`);
  expect(code).toBe(0);
  const mask = await grey(join(folder, "disc.mask.png"));
  expect(mask.data[20 * WIDTH + 20]).toBe(255);
  expect(mask.data[35 * WIDTH + 50]).toBe(0);
});

test("an evaluation has the clicks that the network itself is given", async () => {
  const folder = temporaryFolder();
  await writePhoto(join(folder, "disc.png"));
  const truth = {
    ...SIZE,
    data: disc()
      .filter((_, i) => i % 3 === 0)
      .map((red) => +(red > 100)),
  };
  const picture = truth.data.map((value) => 255 * value);
  await sharp(picture, { raw: { ...SIZE, channels: 1 } }).toFile(join(folder, "disc.mask.png"));
  writeFileSync(join(folder, "mine.safetensors"), WEIGHTS);
  const device = ortDevice(await loadOnnxRuntime(), { threads: 1 });
  const expected = await annotate(
    { picture: { ...SIZE, data: disc() }, truth },
    (own) => openPicture(own, networkModel(CONFIGURATION, NUMBERS), device),
    { clicks: 3, now: () => 0 },
  );
  await device.dispose();
  const about = ["--data", folder, "--model", join(folder, "mine.safetensors"), "--device", "cpu"];
  const most = ["--clicks", "3", "--threads", "1", "--json", join(folder, "report.json")];
  const { code, talk } = await type(["evaluate", ...about, ...most], PATIENT);
  expect(talk).not.toContain("error");
  expect(code).toBe(0);
  const text = readFileSync(join(folder, "report.json"), "utf8");
  const report = reportSchema.parse(JSON.parse(text));
  expect(report.model).toBe("tiny");
  const [sample] = Object.values(report.sets)[0].samples;
  expect(sample.hash).toBe(expected.fingerprint);
});

test("a file that holds no network is refused, and it is said what it holds", async () => {
  const folder = temporaryFolder();
  const photo = await writePhoto(join(folder, "disc.png"));
  const words = ["segment", photo, "--object", "20,20", "--model"];
  const broken = join(folder, "broken.safetensors");
  writeFileSync(broken, WEIGHTS.subarray(0, WEIGHTS.length - 1));
  const cut = await type([...words, broken]);
  expect(cut.code).not.toBe(0);
  expect(cut.talk).toContain(`openModel: "${broken}" cannot be used.`);
  const missing = await type([...words, join(folder, "none.safetensors")]);
  expect(missing.code).not.toBe(0);
  expect(missing.talk).toContain("expected the weights of a network in a file at");
  const unknown = await type([...words, "mine"]);
  expect(unknown.code).not.toBe(0);
  expect(unknown.talk).toContain("Expected one of small, colour, or a .safetensors or .onnx file.");
});
