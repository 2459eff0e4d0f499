import fc from "fast-check";
import { expect, test } from "vitest";
import type { Box, Prompt } from "../clicks/prompts.ts";
import { pixel } from "../image/pixels.ts";
import type { Belief, Model, Question } from "../models/model.ts";
import { sayAll } from "./edit.ts";
import { openPicture } from "./segmenter.ts";
import { newSession } from "./session.ts";

const SIZE = { width: 7, height: 5 };
const PICTURE = { ...SIZE, data: new Uint8Array(7 * 5 * 3) };
const LABELS = ["background", "object", "cat"];
const CONTEXT = { run: () => Promise.reject(new Error("this model runs no graphs")) };

/** A model that believes the same whatever it is told, the opposite of helpful. */
function stubborn(weights: readonly number[], seen: Question[] = []): Model {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    name: "stubborn",
    encode: async (picture) => ({
      ...SIZE,
      answer: async (question): Promise<Belief> => {
        seen.push(question);
        return {
          width: picture.width,
          height: picture.height,
          labels: question.labels,
          rows: (from, to) => {
            const pixels = (to - from) * picture.width;
            return Float32Array.from(
              { length: pixels * weights.length },
              (_, i) => weights[Math.floor(i / pixels)] / total,
            );
          },
        };
      },
    }),
  };
}

const anyPoint = fc
  .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 4 }))
  .map(([x, y]) => pixel(x, y));

/** Clicks on different pixels, so that they cannot contradict one another. */
const anyClicks = fc
  .uniqueArray(fc.tuple(anyPoint, fc.constantFrom(...LABELS)), {
    selector: ([at]) => `${at.x},${at.y}`,
    maxLength: 20,
  })
  .map((said) => said.map(([at, says]): Prompt => ({ kind: "click", at, says })));

const anyWeights = fc.array(fc.constantFrom(0.1, 1, 5), { minLength: 3, maxLength: 3 });

test("a clicked pixel has its label, whatever the model believes", async () => {
  await fc.assert(
    fc.asyncProperty(anyClicks, anyWeights, async (prompts, weights) => {
      const segmenter = await openPicture(PICTURE, stubborn(weights), CONTEXT);
      const answer = await segmenter.segment(sayAll(newSession(SIZE, LABELS), prompts));
      for (const prompt of prompts) {
        if (prompt.kind !== "click") continue;
        const at = prompt.at.y * SIZE.width + prompt.at.x;
        expect(answer.labels[answer.mask.data[at]]).toBe(prompt.says);
        expect(answer.uncertainty.data[at]).toBe(0);
        expect(answer.probability(prompt.says).data[at]).toBe(1);
      }
    }),
  );
});

test("probabilities of all labels sum to one at every pixel", async () => {
  await fc.assert(
    fc.asyncProperty(anyClicks, anyWeights, async (prompts, weights) => {
      const segmenter = await openPicture(PICTURE, stubborn(weights), CONTEXT);
      const answer = await segmenter.segment(sayAll(newSession(SIZE, LABELS), prompts));
      const planes = LABELS.map((label) => answer.probability(label).data);
      for (let i = 0; i < SIZE.width * SIZE.height; i++) {
        expect(planes.reduce((sum, plane) => sum + plane[i], 0)).toBeCloseTo(1, 5);
      }
    }),
  );
});

test("a label with boxes stays inside them, also when the model is sure of it", async () => {
  const box: Box = { kind: "box", from: pixel(4, 3), to: pixel(2, 1), says: "object" };
  const segmenter = await openPicture(PICTURE, stubborn([0, 1, 0]), CONTEXT);
  const { mask } = await segmenter.segment(sayAll(newSession(SIZE, LABELS), [box]));
  const inside = [...mask.data].map((label, i) => [i % 7, Math.floor(i / 7), label]);
  for (const [x, y, label] of inside) {
    expect(label).toBe(x >= 2 && x <= 4 && y >= 1 && y <= 3 ? 1 : 0);
  }
});

test("the model is asked the same question in whatever order things were said", async () => {
  await fc.assert(
    fc.asyncProperty(anyClicks, fc.infiniteStream(fc.nat()), async (prompts, stream) => {
      const seen: Question[] = [];
      const open = () => openPicture(PICTURE, stubborn([1, 1, 1], seen), CONTEXT);
      const shuffled = prompts
        .map((prompt) => ({ prompt, key: stream.next().value }))
        .sort((a, b) => a.key - b.key)
        .map(({ prompt }) => prompt);
      await (await open()).segment(sayAll(newSession(SIZE, LABELS), prompts));
      await (await open()).segment(sayAll(newSession(SIZE, LABELS), shuffled));
      expect(seen[1]).toEqual(seen[0]);
    }),
  );
});

test("an even belief is wholly uncertain and a sure one not at all", async () => {
  const uncertainty = async (weights: readonly number[]) => {
    const segmenter = await openPicture(PICTURE, stubborn(weights), CONTEXT);
    return (await segmenter.segment(newSession(SIZE, LABELS))).uncertainty.data[0];
  };
  expect(await uncertainty([1, 1, 1])).toBeCloseTo(1, 6);
  expect(await uncertainty([0, 1, 0])).toBe(0);
});

test("a session of another picture is refused", async () => {
  const segmenter = await openPicture(PICTURE, stubborn([1, 1]), CONTEXT);
  await expect(
    segmenter.segment(newSession({ width: 5, height: 7 })),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[RangeError: segment: expected a session of the picture's size, 7×5, got 5×7.]`,
  );
  const torn = { ...SIZE, data: new Uint8Array(3) };
  await expect(
    openPicture(torn, stubborn([1, 1]), CONTEXT),
  ).rejects.toThrowErrorMatchingInlineSnapshot(
    `[RangeError: openPicture: expected 7×5×3 bytes of red, green and blue, got 3.]`,
  );
});

test("an aborted answer rejects with the reason", async () => {
  const segmenter = await openPicture(PICTURE, stubborn([1, 1]), CONTEXT);
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(segmenter.segment(newSession(SIZE), { signal })).rejects.toThrow("enough");
});
