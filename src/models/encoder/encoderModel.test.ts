import fc from "fast-check";
import { expect, test } from "vitest";
import { stripes, stripesEncoder } from "../../../test/support/stripesEncoder.ts";
import { BACKGROUND, type Click, OBJECT } from "../../clicks/prompts.ts";
import { interpret } from "../../graph/interpreter.ts";
import type { Network, NetworkValue, Numbers } from "../../graph/onnx/network.ts";
import { type Picture, pixel } from "../../image/pixels.ts";
import { interpreterDevice } from "../../runtime/interpreterDevice.ts";
import { say, sayAll, takeBack } from "../../session/edit.ts";
import { openPicture } from "../../session/segmenter.ts";
import { newSession, state } from "../../session/session.ts";
import { colourModel } from "../colour/colour.ts";
import type { Model } from "../model.ts";
import { encoderModel } from "./encoderModel.ts";
import type { EncoderOptions } from "./encoderOptions.ts";

const { run } = interpreterDevice();
const SIZE = { width: 64, height: 48 };
/** Where stripes that lie end. */
const BORDER = 20;
const PICTURE = stripes(SIZE, BORDER);

const value = (name: string, ...sizes: readonly (number | string)[]): NetworkValue => ({
  name,
  type: "float32",
  sizes,
});

/** A network of an encoder's graph, run by the interpreter. */
function interpreted(): Network {
  const encoder = stripesEncoder(SIZE);
  return {
    inputs: [value("image", 1, 3, SIZE.height, SIZE.width)],
    outputs: [value("features", 1, 2, SIZE.height / 4, SIZE.width / 4)],
    run: async ({ image: { data } }) => {
      const { axes } = encoder.inputs["image"];
      const { features } = interpret(
        encoder,
        { image: { axes, dtype: "float32", data } },
        "float32",
      );
      const sizes = features.axes.map(({ size }) => size);
      return { features: { sizes, data: Float32Array.from(features.data) } };
    },
  };
}

const click = (x: number, y: number, says: string): Click => ({
  kind: "click",
  at: pixel(x, y),
  says,
});

const MODEL = encoderModel("stripes.onnx", interpreted());
const opened = openPicture(PICTURE, MODEL, { run });
const LABELS = [BACKGROUND, OBJECT, "other"];

const anyClicks = fc.uniqueArray(
  fc.record({
    x: fc.nat(SIZE.width - 1),
    y: fc.nat(SIZE.height - 1),
    says: fc.constantFrom(...LABELS),
  }),
  { selector: ({ x, y }) => `${x},${y}`, minLength: 1, maxLength: 6 },
);

test("clicked pixels have their labels, in whatever order they were clicked", async () => {
  const segmenter = await opened;
  await fc.assert(
    fc.asyncProperty(anyClicks, async (said) => {
      const clicks = said.map(({ x, y, says }) => click(x, y, says));
      const session = sayAll(newSession(PICTURE, LABELS), clicks);
      const { mask, uncertainty } = await segmenter.segment(session);
      for (const { x, y, says } of said) {
        expect(mask.data[y * SIZE.width + x]).toBe(LABELS.indexOf(says));
      }
      const turned = await segmenter.segment(
        sayAll(newSession(PICTURE, LABELS), clicks.toReversed()),
      );
      expect(turned.mask).toEqual(mask);
      expect(turned.uncertainty).toEqual(uncertainty);
    }),
    { numRuns: 10 },
  );
});

test("a click that is taken back was never there", async () => {
  const segmenter = await opened;
  const before = sayAll(newSession(PICTURE), [click(8, 24, OBJECT)]);
  const after = say(before, click(50, 24, BACKGROUND));
  const [last] = [...state(after).prompts.keys()].slice(-1);
  const earlier = await segmenter.segment(before);
  expect((await segmenter.segment(after)).uncertainty).not.toEqual(earlier.uncertainty);
  expect((await segmenter.segment(takeBack(after, last))).uncertainty).toEqual(earlier.uncertainty);
});

test("what features tell apart and colours do not is told apart", async () => {
  const clicks = [click(8, 24, OBJECT), click(56, 24, BACKGROUND)];
  const wrong = async (model: Model) => {
    const segmenter = await openPicture(PICTURE, model, { run });
    const { mask } = await segmenter.segment(sayAll(newSession(PICTURE), clicks));
    return mask.data.filter((label, at) => (at % SIZE.width < BORDER ? 1 : 0) !== label).length;
  };
  const [byFeatures, byColours] = [await wrong(MODEL), await wrong(colourModel())];
  expect(byFeatures).toBeLessThan(byColours / 2);
});

/** A network that gives these features and remembers what it was given. */
function recorder(image: NetworkValue, features: Numbers, metadata: Record<string, string> = {}) {
  const given: Numbers[] = [];
  const network: Network = {
    inputs: [image],
    outputs: [value("features", ...features.sizes)],
    metadata,
    run: async (asked) => {
      given.push(asked[image.name]);
      return { features };
    },
  };
  return { network, given };
}

const FLAT: Numbers = { sizes: [1, 1, 1, 1], data: Float32Array.of(1) };
const DOT: Picture = { width: 1, height: 1, data: Uint8Array.of(255, 51, 0) };

/** What an encoder gets of a pixel. */
async function seen(
  options: EncoderOptions,
  metadata?: EncoderOptions,
): Promise<readonly number[]> {
  const said = metadata === undefined ? {} : { maskwise: JSON.stringify(metadata) };
  const { network, given } = recorder(value("x", 1, 3, 1, 1), FLAT, said);
  await encoderModel("mine.onnx", network, options).encode(DOT, { run });
  expect(given[0].sizes).toEqual([1, 3, 1, 1]);
  return [...given[0].data].map((number) => Number(number.toFixed(5)));
}

test("colours are from 0 to 1, or as the file or the program wants them", async () => {
  expect(await seen({})).toEqual([1, 0.2, 0]);
  expect(await seen({ range: 255 })).toEqual([255, 51, 0]);
  expect(await seen({ order: "bgr" })).toEqual([0, 0.2, 1]);
  const centred = { mean: [0.5, 0.4, 0.3], deviation: [0.5, 0.1, 0.3] };
  expect(await seen(centred)).toEqual([1, -2, -1]);
  expect(await seen({}, centred)).toEqual([1, -2, -1]);
  expect(await seen({ order: "bgr" }, centred)).toEqual([-1, -2, 1]);
  expect(await seen({ mean: [0, 0, 0] }, centred)).toEqual([2, 2, 0]);
});

test("an image is of the size that the file fixes, or of the side that is wanted", async () => {
  const sizesFor = async (image: NetworkValue, options: EncoderOptions) => {
    const { network, given } = recorder(image, FLAT);
    await encoderModel("mine.onnx", network, options).encode(PICTURE, { run });
    return given[0].sizes;
  };
  const open = value("x", "n", 3, "height", "width");
  expect(await sizesFor(value("x", 1, 3, 24, 40), { side: 100 })).toEqual([1, 3, 24, 40]);
  expect(await sizesFor(open, {})).toEqual([1, 3, 384, 512]);
  expect(await sizesFor(open, { side: 70, multiple: 14 })).toEqual([1, 3, 56, 70]);
});

test("features of any number and size are looked at, even those that say nothing", async () => {
  for (const [channels, height, width] of [
    [1, 1, 1],
    [100, 3, 5],
    [2, 90, 7],
  ]) {
    for (const of of [() => 1, Math.sin]) {
      const data = Float32Array.from({ length: channels * height * width }, (_, i) => of(i));
      const features = { sizes: [1, channels, height, width], data };
      const { network } = recorder(value("x", 1, 3, 8, 8), features);
      const segmenter = await openPicture(PICTURE, encoderModel("mine.onnx", network), { run });
      const { mask } = await segmenter.segment(sayAll(newSession(PICTURE), [click(3, 3, OBJECT)]));
      expect(mask.data[3 * SIZE.width + 3]).toBe(1);
    }
  }
});

test("what is no encoder is told with what one should be", () => {
  const refused = (
    inputs: readonly NetworkValue[],
    outputs: readonly NetworkValue[],
    options: EncoderOptions = {},
    metadata: Record<string, string> = {},
  ) => {
    const network = { inputs, outputs, metadata, run: async () => ({}) };
    try {
      return encoderModel("mine.onnx", network, options).name;
    } catch (error) {
      return String(error);
    }
  };
  const image = value("x", 1, 3, "h", "w");
  const features = value("y", 1, 96, 24, 24);
  expect(refused([image], [features])).toBe("mine");
  expect(refused([image], [value("y")])).toBe("mine");
  expect(refused([image, value("z")], [features])).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: expected an encoder with one input, an image, got "x", "z". Make the others constants when you export the model."`,
  );
  expect(refused([value("x", 1, 1, 28, 28)], [features])).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: expected the input "x" to be [1, 3, height, width], got [1, 1, 28, 28]. Export the model so."`,
  );
  expect(refused([value("x", 1, 224, 224, 3)], [features])).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: expected the input "x" to be [1, 3, height, width], got [1, 224, 224, 3]. Export the model so."`,
  );
  expect(refused([{ ...image, type: "uint8" }], [features])).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: expected the input "x" to be float32, got uint8. Put a Cast into the model when you export it."`,
  );
  expect(refused([image], [value("y", 1, 197, 768)])).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: expected the output "y" to be [1, channels, height, width], got [1, 197, 768]. Put a Reshape or a Transpose into the model when you export it."`,
  );
  expect(refused([image], [features, value("z")])).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: expected one output, the features, got "y", "z". Say which of them it is, by the option "output" or in the file's metadata."`,
  );
  expect(refused([image], [features, value("z")], { output: "y" })).toBe("mine");
  expect(refused([image], [features], { output: "z" })).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: expected an output called "z", got "y". Name one of these."`,
  );
  expect(refused([image], [{ ...features, type: "float16" }])).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: expected the output "y" to be float32, got float16. Put a Cast into the model when you export it."`,
  );
  expect(refused([image], [features], { deviation: [1, 0, 1] })).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: options.deviation.1: expected a number above 0, got 0."`,
  );
  expect(refused([image], [features], { mean: [1] })).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: options.mean: expected three numbers, of red, green and blue, got [1]."`,
  );
  const said = (text: string) => refused([image], [features], {}, { maskwise: text });
  expect(said('{"means": [0, 0, 0]}')).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: metadata.maskwise.means: expected one of range, mean, deviation, order, side, multiple, output, and nothing else, got [0,0,0]."`,
  );
  expect(said('{"order": "grb"}')).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: metadata.maskwise.order: expected rgb or bgr, got "grb"."`,
  );
  expect(said("mean=0")).toContain('mine.onnx: expected JSON under "maskwise" in the metadata');
});

test("features that are none are told when they come", async () => {
  const told = async (features: Numbers) => {
    const { network } = recorder(value("x", 1, 3, 8, 8), features);
    const flat = { ...network, outputs: [value("features")] };
    return String(
      await encoderModel("mine.onnx", flat)
        .encode(DOT, { run })
        .catch((e) => e),
    );
  };
  expect(await told({ sizes: [1, 4], data: new Float32Array(4) })).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: expected the output "features" to be [1, channels, height, width], got [1, 4]. Export the model so."`,
  );
  const nan = Float32Array.of(Number.NaN);
  expect(await told({ sizes: [1, 1, 1, 1], data: nan })).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: expected finite features, got NaN. Look for a division by 0, or a logarithm of it."`,
  );
});
