import { expect, test } from "vitest";
import { BACKGROUND, type Click, OBJECT } from "../../clicks/prompts.ts";
import type { Network, NetworkValue, Numbers } from "../../graph/onnx/network.ts";
import { type Picture, pixel } from "../../image/pixels.ts";
import { interpreterDevice } from "../../runtime/interpreterDevice.ts";
import { onnxModel } from "./onnxModel.ts";

const context = { run: interpreterDevice().run };
const PICTURE: Picture = {
  width: 2,
  height: 1,
  data: Uint8Array.of(255, 0, 51, 0, 102, 255),
};

const value = (name: string, ...sizes: readonly (number | string)[]): NetworkValue => ({
  name,
  type: "float32",
  sizes,
});
const IMAGE = value("image", 1, 3, "height", "width");
const CLICKS = value("clicks", 1, "n", 3);
const PREVIOUS = value("previous", 1, 1, "height", "width");
const LOGITS = value("logits", 1, 1, "h", "w");

type Given = Readonly<Record<string, Numbers>>;

/** A network that gives these answers, one after another, and remembers what it was given. */
function recorder(
  values: readonly NetworkValue[],
  output: NetworkValue,
  ...answers: readonly (readonly number[])[]
): { network: Network; given: Given[] } {
  const given: Given[] = [];
  const run = async (asked: Given) => {
    const data = Float32Array.from(answers[given.length]);
    given.push(asked);
    return { [output.name]: { sizes: [1, 1, 1, data.length], data } };
  };
  return { network: { inputs: values, outputs: [output], run }, given };
}

const click = (x: number, y: number, says = OBJECT): Click => ({
  kind: "click",
  at: pixel(x, y),
  says,
});

/** The object's probability after each of some questions on the picture. */
async function asked(
  network: Network,
  ...questions: readonly (readonly Click[])[]
): Promise<readonly (readonly number[])[]> {
  const encoding = await onnxModel("mine.onnx", network).encode(PICTURE, context);
  const found: number[][] = [];
  for (const prompts of questions) {
    const belief = await encoding.answer({ labels: [BACKGROUND, OBJECT], prompts }, context);
    const [b0, b1, p0, p1] = belief.rows(0, 1);
    expect(b0 + p0).toBeCloseTo(1, 6);
    expect(b1 + p1).toBeCloseTo(1, 6);
    found.push([p0, p1]);
  }
  return found;
}

test("a network sees red, green and blue as planes from 0 to 1, and logits are made probabilities", async () => {
  const { network, given } = recorder([IMAGE, CLICKS], LOGITS, [0, Math.log(3)]);
  expect(await asked(network, [click(0, 0)])).toEqual([[0.5, expect.closeTo(0.75, 6)]]);
  const { image, clicks } = given[0];
  expect(image.sizes).toEqual([1, 3, 1, 2]);
  expect([...image.data]).toEqual([1, 0, 0, expect.closeTo(0.4, 6), expect.closeTo(0.2, 6), 1]);
  expect(clicks.sizes).toEqual([1, 1, 3]);
  // It declares no input "previous".
  expect(Object.keys(given[0])).toEqual(["image", "clicks"]);
});

test("clicks are row, column and what was said, in the order in which they were said", async () => {
  const { network, given } = recorder([IMAGE, CLICKS], LOGITS, [0, 0], [0, 0]);
  const [first, second] = [click(1, 0), click(0, 0, BACKGROUND)];
  await asked(network, [first], [second, first]);
  expect([...given[1]["clicks"].data]).toEqual([0, 1, 1, 0, 0, 0]);
});

test("what was said before comes in as it was answered, and is nothing at first", async () => {
  const probability = value("probability", 1, 1, "h", "w");
  const values = [IMAGE, CLICKS, PREVIOUS];
  const { network, given } = recorder(values, probability, [0.25, 1], [0, 0]);
  await asked(network, [click(0, 0)], [click(0, 0), click(1, 0)]);
  expect(given.map(({ previous }) => [...previous.data])).toEqual([
    [0, 0],
    [0.25, 1],
  ]);
});

test("a network of a fixed size gets the picture and the clicks at that size, and its answer is brought back", async () => {
  const image = value("image", 1, 3, 1, 4);
  const { network, given } = recorder([image, CLICKS, PREVIOUS], LOGITS, [9, 9, -9, -9], [1]);
  const [found] = await asked(network, [click(1, 0)]);
  // Old pixel 1 covers new pixels 2 and 3: its centre lies between theirs.
  expect([...given[0]["clicks"].data]).toEqual([0, 2.5, 1]);
  expect(given[0]["image"].sizes).toEqual([1, 3, 1, 4]);
  expect(given[0]["previous"].sizes).toEqual([1, 1, 1, 4]);
  expect(found[0]).toBeGreaterThan(0.5);
  expect(found[1]).toBeLessThan(0.5);
});

test("where a file fixes the number of clicks, the rest are rows of −1, and more are refused", async () => {
  const { network, given } = recorder([IMAGE, value("clicks", 1, 2, 3)], LOGITS, [0, 0]);
  await asked(network, [click(1, 0)]);
  expect([...given[0]["clicks"].data]).toEqual([0, 1, 1, -1, -1, -1]);
  const three = [click(0, 0), click(1, 0), click(1, 0, BACKGROUND)];
  await expect(asked(network, three)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[RangeError: mine.onnx: expected at most 2 clicks, which its input "clicks" has room for, got 3. Ask for fewer clicks, or export the model with any number of them.]`,
  );
});

test("what a file must not take is told with what it should", () => {
  const refused = (...inputs: readonly NetworkValue[]) => {
    const network = { inputs, outputs: [LOGITS], run: async () => ({}) };
    try {
      return onnxModel("mine.onnx", network).name;
    } catch (error) {
      return String(error);
    }
  };
  expect(refused(IMAGE, CLICKS)).toBe("mine");
  expect(refused(IMAGE, PREVIOUS)).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: expected an input "clicks" [1, clicks, 3], got "image", "previous". Name the inputs so when you export the model."`,
  );
  expect(refused(IMAGE, value("points", 1, 2, 3))).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: expected inputs called image, clicks, previous, got "points". Rename it, or make it a constant, when you export the model."`,
  );
  expect(refused(value("image", 3, "h", "w"), CLICKS)).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: expected the input "image" to be [1, 3, height, width], got [3, h, w]. Export the model so."`,
  );
  expect(refused(value("image", 1, 1, "h", "w"), CLICKS)).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: expected the input "image" to be [1, 3, height, width], got [1, 1, h, w]. Export the model so."`,
  );
  expect(refused({ ...IMAGE, type: "uint8" }, CLICKS)).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: expected the input "image" to be float32, got uint8. Put a Cast into the model when you export it."`,
  );
  const [image, previous] = [value("image", 1, 3, 64, 64), value("previous", 1, 1, 32, 32)];
  expect(refused(image, CLICKS, previous)).toMatchInlineSnapshot(
    `"FormatError: mine.onnx: expected the input "previous" to be [1, 1, 64, 64], got [1, 1, 32, 32]. Export the model so."`,
  );
});

test("what a file must not give is told with what it should", async () => {
  const answered = (output: NetworkValue, ...answer: readonly number[]) =>
    asked(recorder([IMAGE, CLICKS], output, answer).network, [click(0, 0)]);
  const probability = value("probability", 1, 1, "h", "w");
  await expect(answered(value("masks"), 1)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: mine.onnx: expected one output called "logits" or "probability", got "masks". Name the output so when you export the model.]`,
  );
  await expect(answered(probability, 0, 7.5)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: mine.onnx: expected probabilities from 0 to 1, got 7.5. If these are logits, call the output "logits".]`,
  );
  await expect(answered(LOGITS, 0, Number.NaN)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: mine.onnx: expected finite logits, got NaN. Look for a division by 0, or a logarithm of it.]`,
  );
  const flat: Network = {
    inputs: [IMAGE, CLICKS],
    outputs: [LOGITS],
    run: async () => ({ logits: { sizes: [1, 2], data: Float32Array.of(0, 0) } }),
  };
  await expect(asked(flat, [click(0, 0)])).rejects.toThrowErrorMatchingInlineSnapshot(
    `[FormatError: mine.onnx: expected the output "logits" to be [1, 1, height, width], got [1, 2]. Export the model so.]`,
  );
});
