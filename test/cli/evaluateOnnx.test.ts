/** A user's network in an ONNX file, in the evaluation. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { annotate, type Report, reportSchema } from "../../src/evaluate/index.ts";
import { type Graph, type HostTensor, interpret, writeOnnx } from "../../src/graph/index.ts";
import { encodeModel, type OnnxModel } from "../../src/graph/onnx/model.ts";
import { type Model, onnxModel } from "../../src/models/index.ts";
import { interpreterDevice } from "../../src/runtime/index.ts";
import { openPicture } from "../../src/session/index.ts";
import { bumpNetwork } from "../support/bumpNetwork.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { disc, HEIGHT, type Typed, type, WIDTH, writePhoto } from "./typed.ts";

/** Nobody presses Ctrl-C, and no time passes, so that there is no progress to tell. */
const PATIENT = { interrupted: () => new Promise<void>(() => {}), now: () => 0 };
const SIZE = { width: WIDTH, height: HEIGHT };
const CLICKS = 3;
/** What is right: not the disc, which would be too easy, but what is left of it and the disc. */
const TRUTH = {
  ...SIZE,
  data: disc()
    .filter((_, i) => i % 3 === 0)
    .map((red, at) => (red > 100 || at % WIDTH < 12 ? 1 : 0)),
};

/** A folder with one photo and its mask, and a file of a network. */
async function prepared(network: Uint8Array | string): Promise<string> {
  const folder = temporaryFolder();
  await writePhoto(join(folder, "disc.png"));
  const grey = TRUTH.data.map((value) => 255 * value);
  await sharp(grey, { raw: { ...SIZE, channels: 1 } }).toFile(join(folder, "disc.mask.png"));
  writeFileSync(join(folder, "mine.onnx"), network);
  return folder;
}

function evaluate(folder: string, ...words: readonly string[]): Promise<Typed> {
  const about = ["--data", folder, "--model", join(folder, "mine.onnx")];
  const most = ["--clicks", `${CLICKS}`, "--threads", "1", "--json", join(folder, "report.json")];
  return type(["evaluate", ...about, ...most, ...words], PATIENT);
}

function reportIn(folder: string): Report {
  return reportSchema.parse(JSON.parse(readFileSync(join(folder, "report.json"), "utf8")));
}

/** The model of a graph that the interpreter runs. */
function interpreted(graph: Graph): Model {
  const sizesOf = ({ axes }: Pick<HostTensor, "axes">) => axes.map(({ size }) => size);
  const described = (name: string, sizes: readonly number[]) => ({ name, type: "float32", sizes });
  return onnxModel("mine.onnx", {
    inputs: Object.entries(graph.inputs).map(([name, node]) => described(name, sizesOf(node))),
    outputs: [described("logits", [])],
    run: async (given) => {
      const tensors = Object.entries(given).map(([name, { sizes, data }]) => {
        const { axes } = graph.inputs[name];
        expect(sizes).toEqual(sizesOf({ axes }));
        return [name, { axes, dtype: "float32", data }] as const;
      });
      const { logits } = interpret(graph, Object.fromEntries(tensors), "float32");
      return { logits: { sizes: sizesOf(logits), data: Float32Array.from(logits.data) } };
    },
  });
}

test.each([
  ["the picture's size", SIZE],
  ["another size", { width: 32, height: 48 }],
])(
  "a file for pictures of %s has the clicks and masks of the graph it was written from",
  async (_, size) => {
    const graph = bumpNetwork(size, CLICKS);
    const expected = await annotate(
      { picture: { ...SIZE, data: disc() }, truth: TRUTH },
      (picture) => openPicture(picture, interpreted(graph), { run: interpreterDevice().run }),
      { clicks: CLICKS, now: () => 0 },
    );
    const folder = await prepared(writeOnnx(graph));
    for (const [device, name] of [
      ["interpreter", "cpu"],
      ["wasm", "wasm"],
    ]) {
      const { code, talk } = await evaluate(folder, "--device", device);
      expect({ code, talk }).toEqual({ code: 0, talk: "" });
      const report = reportIn(folder);
      expect(report.model).toBe("mine");
      expect(report.device).toMatch(`ONNX Runtime (${name}, float32); `);
      const [sample] = Object.values(report.sets)[0].samples;
      expect(sample.clicks).toHaveLength(CLICKS);
      expect(sample.hash).toBe(expected.fingerprint);
    }
  },
);

/** Bright pixels are the object, whatever the size and the clicks. */
const BRIGHT: OnnxModel = {
  name: "bright",
  producerVersion: "",
  metadata: {},
  initialisers: [
    {
      name: "middle",
      element: "float32",
      dimensions: [],
      bytes: new Uint8Array(Float32Array.of(0.4).buffer),
    },
  ],
  inputs: [
    { name: "image", element: "float32", dimensions: [1, 3, "height", "width"] },
    { name: "clicks", element: "float32", dimensions: [1, "n", 3] },
  ],
  outputs: [{ name: "logits", element: "float32", dimensions: [1, 1, "height", "width"] }],
  nodes: [
    {
      type: "ReduceMean",
      domain: "",
      inputs: ["image"],
      outputs: ["brightness"],
      attributes: { axes: [1], keepdims: 1 },
    },
    {
      type: "Sub",
      domain: "",
      inputs: ["brightness", "middle"],
      outputs: ["logits"],
      attributes: {},
    },
  ],
};

test("a file for any size and any number of clicks sees the picture as it is", async () => {
  const folder = await prepared(encodeModel(BRIGHT));
  expect(await evaluate(folder)).toMatchObject({ code: 0, talk: "" });
  const [sample] = Object.values(reportIn(folder).sets)[0].samples;
  const right = disc().filter((red, i) => i % 3 === 0 && red > 100).length;
  const union = TRUTH.data.filter((value) => value === 1).length;
  // The disc, and where it was clicked beside the disc.
  const beside = sample.clicks.filter(([x, y]) => (x - 20) ** 2 + (y - 20) ** 2 > 100).length;
  expect(sample.overlaps.at(-1)).toEqual([right + beside, union]);
  expect(sample.kept.violated).toBe(0);
});

test("what is no network for this is told in one line, with the cure", async () => {
  const told = async (network: Uint8Array | string, ...words: readonly string[]) => {
    const folder = await prepared(network);
    const { code, talk } = await evaluate(folder, ...words);
    expect(code).toBe(1);
    return talk.replaceAll(folder, "…");
  };
  expect(await told("no network")).toMatch(
    /^error: openOnnxModel: expected an ONNX model at "…\/mine\.onnx" that ONNX Runtime runs on "cpu", got ".*protobuf.*"\. Check it .*\n$/i,
  );
  expect(await told("")).toContain("an ONNX model in a file at");
  const points = { ...BRIGHT.inputs[1], name: "points" };
  const renamed = encodeModel({ ...BRIGHT, inputs: [BRIGHT.inputs[0], points] });
  expect(await told(renamed)).toMatchInlineSnapshot(`
    "error: mine.onnx: expected inputs called image, clicks, previous, got "points". Rename it, or make it a constant, when you export the model.
    "
  `);
  const [mean, subtract] = BRIGHT.nodes;
  const flat = encodeModel({
    ...BRIGHT,
    outputs: [{ name: "logits", element: "float32", dimensions: [1, "height", "width"] }],
    nodes: [{ ...mean, attributes: { axes: [1], keepdims: 0 } }, subtract],
  });
  expect(await told(flat)).toMatch(
    /^error: evaluate: the model failed at .* disc\.mask: mine\.onnx: expected the output "logits" to be \[1, 1, height, width\], got \[1, 40, 60\]\. Export the model so\.\n$/,
  );
  expect(await told(writeOnnx(bumpNetwork(SIZE, 2)))).toContain(
    'mine.onnx: expected at most 2 clicks, which its input "clicks" has room for, got 3.',
  );
});

test("a file that is not there", async () => {
  const folder = await prepared("no network");
  const { code, talk } = await evaluate(folder, "--model", join(folder, "gone.onnx"));
  expect(code).toBe(1);
  expect(talk).toMatch(/^error: openOnnxModel: expected an ONNX model in a file at ".*gone\.onnx"/);
});
