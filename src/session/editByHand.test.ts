import { expect, test } from "vitest";
import { drawing } from "../../test/drawnMask.ts";
import {
  answerOf,
  click,
  HALF,
  half,
  LABELS,
  maskOf,
  painted,
  stroke,
} from "../../test/support/nearestClick.ts";
import { removeLabel, renameLabel, say } from "./edit.ts";
import { editByHand, mergeLabels, splitLabel } from "./editByHand.ts";
import { state, undo } from "./session.ts";

test("split parts are objects of their own, with the clicks that were made at them", async () => {
  const two = say(say(half, click(7, 1, "background")), click(10, 1));
  const before = await answerOf(two);
  const split = splitLabel(two, "object", before);
  const { labels, prompts } = state(split);
  expect(labels).toEqual([...LABELS, "object 2"]);
  expect([...prompts.values()].map(({ says }) => says)).toEqual([
    "object",
    "background",
    "background",
    "object 2",
  ]);
  const { data } = await maskOf(split);
  const back = data.map((label) => (label === 3 ? 1 : label));
  expect(back).toEqual(before.mask.data);
  expect(data.includes(3)).toBe(true);
  expect(state(undo(split))).toEqual(state(two));
});

test("an object in one part is not split", async () => {
  const answer = await answerOf(half);
  expect(() => splitLabel(half, "object", answer)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: splitLabel: expected "object" in several parts, got one.]`,
  );
});

test("merged objects have the pixels of both, and what was said of them", async () => {
  const two = say(half, click(9, 1, "cat"));
  const before = await answerOf(two);
  const merged = mergeLabels(two, "cat", "object", before);
  expect(state(merged).labels).toEqual(["background", "object"]);
  expect([...state(merged).prompts.values()].at(-1)).toEqual(click(9, 1));
  expect((await maskOf(merged)).data).toEqual(before.mask.data.map((label) => Math.min(1, label)));
  expect(await maskOf(undo(merged))).toEqual(before.mask);
});

test("edits follow a label that is renamed, and go with one that is removed", async () => {
  const edited = editByHand(half, painted(stroke("cat", 3, [10, 1])));
  const renamed = renameLabel(edited, "cat", "dog");
  expect((await answerOf(renamed)).labels[2]).toBe("dog");
  expect(await maskOf(renamed)).toEqual(await maskOf(edited));
  expect(drawing(await maskOf(removeLabel(edited, "cat")))).toEqual(HALF);
});
