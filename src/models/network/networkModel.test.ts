import fc from "fast-check";
import { expect, test } from "vitest";
import { testDevices } from "../../../test/support/devices.ts";
import { movedNumbers } from "../../../test/support/movedNumbers.ts";
import type { Label, Prompt } from "../../clicks/prompts.ts";
import { type Picture, pixel, type Size } from "../../image/pixels.ts";
import { interpreterDevice } from "../../runtime/interpreterDevice.ts";
import { say, sayAll, startFrom, takeBack } from "../../session/edit.ts";
import { openPicture } from "../../session/segmenter.ts";
import { newSession, type Session, state } from "../../session/session.ts";
import { randomNumbers } from "../../tensor/random.ts";
import type { Belief, Context, Question } from "../model.ts";
import { workingSize } from "../workingSize.ts";
import { CONFIGURATIONS, type NetworkConfiguration } from "./configuration.ts";
import { network } from "./network.ts";
import { networkModel } from "./networkModel.ts";

const { run } = interpreterDevice();
const LABELS: readonly Label[] = ["background", "object", "other"];
const OBJECT: readonly Label[] = ["background", "object"];

/** `tiny` on images small enough for many of them. */
const CONFIGURATION: NetworkConfiguration = { ...CONFIGURATIONS.tiny, side: 64 };

const NUMBERS = movedNumbers(network(CONFIGURATION).parameters);
const MODEL = networkModel(CONFIGURATION, NUMBERS);

function picture({ width, height }: Size): Picture {
  const random = randomNumbers(8);
  const data = Uint8Array.from({ length: 3 * width * height }, () => 256 * random());
  return { width, height, data };
}

const PICTURE = picture({ width: 50, height: 37 });
const encoded = MODEL.encode(PICTURE, { run });

const click = (x: number, y: number, says: Label): Prompt => ({
  kind: "click",
  at: pixel(x, y),
  says,
});

async function rowsFor(question: Question, context: Context = { run }): Promise<Float32Array> {
  const belief = await (await encoded).answer(question, context);
  return belief.rows(0, belief.height);
}

const anyClicks = (labels: readonly Label[]) =>
  fc.uniqueArray(
    fc.tuple(
      fc.integer({ min: 0, max: PICTURE.width - 1 }),
      fc.integer({ min: 0, max: PICTURE.height - 1 }),
      fc.constantFrom(...labels),
    ),
    { selector: ([x, y]) => `${x},${y}`, minLength: 1, maxLength: 9 },
  );

const opened = openPicture(PICTURE, MODEL, { run });
const maskOf = async (session: Session): Promise<Uint8Array> =>
  (await (await opened).segment(session)).mask.data;

const uncertaintyOf = async (session: Session): Promise<Float32Array> =>
  (await (await opened).segment(session)).uncertainty.data;

test("the order of clicks does not change a bit, and every click is obeyed", async () => {
  await fc.assert(
    fc.asyncProperty(anyClicks(OBJECT), async (clicks) => {
      const prompts = clicks.map(([x, y, says]) => click(x, y, says));
      const session = sayAll(newSession(PICTURE), prompts);
      const turned = sayAll(newSession(PICTURE), prompts.toReversed());
      expect(await uncertaintyOf(turned)).toEqual(await uncertaintyOf(session));
      const mask = await maskOf(session);
      for (const [x, y, says] of clicks) {
        expect(mask[y * PICTURE.width + x]).toBe(OBJECT.indexOf(says));
      }
    }),
    { numRuns: 8 },
  );
});

test("taking a click back gives the earlier answer, even one that needed a longer list", async () => {
  const prompts = Array.from({ length: 32 }, (_, i) => click(i + 10, i, OBJECT[i % 2]));
  const before = sayAll(newSession(PICTURE), prompts);
  const after = say(before, click(3, 30, "object"));
  const earlier = await uncertaintyOf(before);
  expect(await uncertaintyOf(after)).not.toEqual(earlier);
  const [last] = [...state(after).prompts.keys()].slice(-1);
  expect(await uncertaintyOf(takeBack(after, last))).toEqual(earlier);
});

test("probabilities of a pixel sum to one, whatever the rows they are asked for in", async () => {
  await fc.assert(
    fc.asyncProperty(anyClicks(LABELS), fc.nat(PICTURE.height), async (clicks, cut) => {
      const prompts = clicks.map(([x, y, says]) => click(x, y, says));
      const belief = await (await encoded).answer({ labels: LABELS, prompts }, { run });
      const { height, width } = belief;
      const whole = belief.rows(0, height);
      const pixels = height * width;
      for (let at = 0; at < pixels; at++) {
        const sum = whole[at] + whole[pixels + at] + whole[2 * pixels + at];
        // Three numbers of single precision.
        expect(Math.abs(sum - 1)).toBeLessThan(1e-6);
      }
      const below = belief.rows(cut, height);
      expect(below.subarray(0, (height - cut) * width)).toEqual(
        whole.subarray(cut * width, pixels),
      );
    }),
    { numRuns: 8 },
  );
});

test("two labels that change their names change their probabilities, and nothing else", async () => {
  const said: readonly (readonly [number, number, Label])[] = [
    [10, 10, "object"],
    [40, 20, "other"],
    [25, 30, "background"],
    [12, 30, "other"],
  ];
  const swapped: Readonly<Record<Label, Label>> = {
    background: "background",
    object: "other",
    other: "object",
  };
  const [plain, renamed] = await Promise.all(
    [said, said.map(([x, y, says]) => [x, y, swapped[says]] as const)].map((clicks) =>
      rowsFor({ labels: LABELS, prompts: clicks.map(([x, y, says]) => click(x, y, says)) }),
    ),
  );
  const pixels = PICTURE.width * PICTURE.height;
  const back = [0, 2, 1].flatMap((label) => [
    ...renamed.subarray(label * pixels, (label + 1) * pixels),
  ]);
  // Three terms are summed in another order.
  const error = Math.max(...plain.map((value, i) => Math.abs(value - back[i])));
  expect(error).toBeLessThan(1e-6);
});

test("what nobody asked for is nowhere", async () => {
  const pixels = PICTURE.width * PICTURE.height;
  const none = await rowsFor({ labels: OBJECT, prompts: [click(3, 3, "background")] });
  expect(new Set(none.subarray(pixels))).toEqual(new Set([0]));
  const one = await rowsFor({ labels: LABELS, prompts: [click(3, 3, "object")] });
  expect(new Set(one.subarray(2 * pixels))).toEqual(new Set([0]));
  expect(one.subarray(pixels, 2 * pixels).every((p) => p > 0)).toBe(true);
});

test("a box says its centre, until its label is pointed at in it", async () => {
  const box: Prompt = { kind: "box", from: pixel(10, 6), to: pixel(30, 26), says: "object" };
  const centre = click(20, 16, "object");
  const inside = click(12, 8, "object");
  const rows = (...prompts: Prompt[]) => rowsFor({ labels: OBJECT, prompts });
  expect(await rows(box)).toEqual(await rows(centre));
  expect(await rows(inside, box)).toEqual(await rows(inside));
  expect(await rows(click(40, 30, "object"), box)).not.toEqual(await rows(click(40, 30, "object")));
});

test("a stroke says its points, and as many between them as its length asks for", async () => {
  const points = [pixel(5, 20), pixel(11, 20)];
  const stroke: Prompt = { kind: "stroke", points, width: 3, says: "object" };
  // A sixteenth of 50 pixels fits twice into 6, just not.
  const along = [5, 8, 11].map((x) => click(x, 20, "object"));
  expect(await rowsFor({ labels: OBJECT, prompts: [stroke] })).toEqual(
    await rowsFor({ labels: OBJECT, prompts: along }),
  );
});

test("a mask to start from is heard, the more the firmer it is believed", async () => {
  const data = Uint8Array.from({ length: 50 * 37 }, (_, at) => (at % 50 < 20 ? 1 : 0));
  const mask = { width: 50, height: 37, data };
  const answers = await Promise.all(
    [0.1, 1, 10].map((precision) =>
      rowsFor({ labels: OBJECT, prompts: [], start: { mask, precision } }),
    ),
  );
  expect(answers[0]).not.toEqual(answers[1]);
  expect(answers[1]).not.toEqual(answers[2]);
  const session = startFrom(newSession(PICTURE), mask);
  expect((await maskOf(session)).length).toBe(50 * 37);
});

test.each([[{ width: 1, height: 1 }], [{ width: 300, height: 2 }], [{ width: 1, height: 500 }]])(
  "a picture of %o is segmented like any other",
  async (size) => {
    const small = picture(size);
    const segmenter = await openPicture(small, MODEL, { run });
    const { mask } = await segmenter.segment(
      sayAll(newSession(small), [click(size.width - 1, size.height - 1, "object")]),
    );
    expect(mask.data).toHaveLength(size.width * size.height);
    expect(mask.data.at(-1)).toBe(1);
  },
);

test("working images keep proportions to the next 32 pixels, and are never too thin to see", () => {
  expect(workingSize({ width: 640, height: 480 }, 384)).toEqual({ width: 384, height: 288 });
  expect(workingSize({ width: 333, height: 500 }, 384)).toEqual({ width: 256, height: 384 });
  expect(workingSize({ width: 20, height: 20 }, 384)).toEqual({ width: 384, height: 384 });
  expect(workingSize({ width: 10_000, height: 3 }, 384)).toEqual({ width: 384, height: 32 });
});

test("an answer that is no longer wanted stops", async () => {
  const stop = new AbortController();
  stop.abort(new Error("enough"));
  const question = { labels: OBJECT, prompts: [click(3, 3, "object")] };
  await expect(rowsFor(question, { run, signal: stop.signal })).rejects.toThrow("enough");
});

test("devices agree with the interpreter in double precision", async () => {
  const prompts = [click(10, 10, "object"), click(40, 20, "background")];
  const answers = new Map<string, Float32Array>();
  for (const device of testDevices.filter(({ isHere, isSlow }) => isHere && !isSlow)) {
    const open = await device.open();
    const seen = await networkModel(CONFIGURATION, NUMBERS).encode(PICTURE, open);
    const belief: Belief = await seen.answer({ labels: OBJECT, prompts }, open);
    answers.set(device.name, belief.rows(0, belief.height));
    await open.dispose();
  }
  const exact = answers.get("interpreter-float64") ?? new Float32Array();
  expect(exact).toHaveLength(2 * 50 * 37);
  for (const [name, rows] of answers) {
    const error = Math.max(...rows.map((value, i) => Math.abs(value - exact[i])));
    // Some forty layers in single precision, and a logit of a few at most.
    expect({ name, isNear: error < 1e-4 }).toEqual({ name, isNear: true });
  }
});

test("numbers that are missing are named", () => {
  const { "logits.bias": _, ...rest } = NUMBERS;
  expect(() => networkModel(CONFIGURATION, rest)).toThrowErrorMatchingInlineSnapshot(
    `[ReferenceError: networkGraphs: expected numbers for "logits.bias", got none. Load them from the network's file, or initialise().]`,
  );
});
