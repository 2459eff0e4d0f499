import fc from "fast-check";
import { expect, test } from "vitest";
import type { Label, Prompt } from "../clicks/prompts.ts";
import { type Mask, pixel } from "../image/pixels.ts";
import type { Belief, Model } from "../models/model.ts";
import { removeLabel, renameLabel, restart, say, sayAll, sayInstead, takeBack } from "./edit.ts";
import { lock, unlock } from "./lock.ts";
import { openPicture } from "./segmenter.ts";
import { newSession, type Session, state, undo } from "./session.ts";

const SIZE = { width: 7, height: 5 };
const PIXELS = SIZE.width * SIZE.height;
const PICTURE = { ...SIZE, data: new Uint8Array(PIXELS * 3) };
const LABELS = ["background", "cat", "dog"];
const CONTEXT = { run: () => Promise.reject(new Error("this model runs no graphs")) };

/** A model that believes in what was clicked last in canonical order, everywhere. */
const fickle: Model = {
  name: "fickle",
  encode: async () => ({
    ...SIZE,
    answer: async ({ labels, prompts }): Promise<Belief> => {
      const believed = labels.indexOf(prompts.at(-1)?.says ?? labels[0]);
      return {
        ...SIZE,
        labels,
        rows: (from, to) => {
          const count = (to - from) * SIZE.width;
          return Float32Array.from({ length: count * labels.length }, (_, i) =>
            Math.floor(i / count) === believed ? 0.8 : 0.2 / (labels.length - 1),
          );
        },
      };
    },
  }),
};

async function segmented(session: Session) {
  return (await openPicture(PICTURE, fickle, CONTEXT)).segment(session);
}

function click(x: number, y: number, says: Label): Prompt {
  return { kind: "click", at: pixel(x, y), says };
}

const empty = newSession(SIZE, LABELS);

/** The left columns are the cat's. */
function half(columns: number): Mask {
  return {
    ...SIZE,
    data: Uint8Array.from({ length: PIXELS }, (_, i) => (i % SIZE.width < columns ? 1 : 0)),
  };
}

const place = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 4 }));

test("a locked label keeps its pixels and gets no others, whatever is said and believed later", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 6 }),
      fc.uniqueArray(fc.tuple(place, fc.constantFrom("background", "dog")), {
        selector: ([at]) => at.join(),
        maxLength: 8,
      }),
      async (columns, said) => {
        const locked = lock(empty, "cat", half(columns));
        const free = said.filter(([[x]]) => x >= columns);
        const session = sayAll(
          locked,
          free.map(([[x, y], says]) => click(x, y, says)),
        );
        const answer = await segmented(session);
        const { data } = answer.mask;
        for (let at = 0; at < PIXELS; at++) {
          expect(data[at] === 1).toBe(at % SIZE.width < columns);
          if (at % SIZE.width < columns) expect(answer.uncertainty.data[at]).toBe(0);
        }
        for (const [[x, y], says] of free) {
          expect(answer.labels[data[y * SIZE.width + x]]).toBe(says);
        }
      },
    ),
  );
});

test("a stroke passes over a locked label without taking a pixel", async () => {
  const stroke: Prompt = {
    kind: "stroke",
    points: [pixel(0, 2), pixel(6, 2)],
    width: 3,
    says: "dog",
  };
  const { mask } = await segmented(say(lock(empty, "cat", half(3)), stroke));
  expect([...mask.data.subarray(2 * 7, 3 * 7)]).toEqual([1, 1, 1, 2, 2, 2, 2]);
});

test("unlocked, a label is again what was said of it", async () => {
  const session = say(empty, click(1, 1, "cat"));
  const before = await segmented(session);
  const there = unlock(lock(session, "cat", before.mask), "cat");
  expect((await segmented(there)).mask).toEqual(before.mask);
  expect(state(undo(undo(there)))).toEqual(state(session));
});

test("what a lock forbids is refused by name", () => {
  const locked = lock(say(empty, click(1, 1, "cat")), "cat", half(3));
  expect(() => say(locked, click(0, 0, "dog"))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: click: expected (0, 0) to be free for "dog", but "cat" is locked. Unlock it first.]`,
  );
  expect(() => say(locked, click(0, 0, "cat"))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: say: expected a label that is not locked, got "cat". Unlock it first.]`,
  );
  const [id] = state(locked).prompts.keys();
  expect(() => sayInstead(locked, id, click(2, 2, "cat"))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: sayInstead: expected a label that is not locked, got "cat". Unlock it first.]`,
  );
  expect(() => lock(locked, "cat", half(2))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: lock: expected a label that is not locked, got "cat".]`,
  );
  expect(() => lock(empty, "dog", half(2))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: lock: expected a mask with "dog" in it, got one without. Click on it first.]`,
  );
  expect(() => lock(empty, "background", half(2))).toThrow(/one of the labels cat, dog/);
  expect(() => lock(empty, "cat", { width: 1, height: 1, data: Uint8Array.of(1) })).toThrow(/7×5/);
  expect(() => lock(say(empty, click(0, 0, "dog")), "cat", half(2))).toThrow(/"cat" is locked/);
  expect(() => unlock(empty, "cat")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: unlock: expected a label that is locked (there is none), got "cat".]`,
  );
});

test("a lock follows its label's name, goes with it, and outlives its clicks", () => {
  const locked = lock(say(empty, click(1, 1, "cat")), "cat", half(3));
  expect([...state(renameLabel(locked, "cat", "lynx")).locks.keys()]).toEqual(["lynx"]);
  expect(state(removeLabel(locked, "cat")).locks.size).toBe(0);
  expect([...state(restart(locked)).locks.keys()]).toEqual(["cat"]);
  const [id] = state(locked).prompts.keys();
  expect([...state(takeBack(locked, id)).locks.keys()]).toEqual(["cat"]);
});
