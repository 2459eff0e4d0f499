import fc from "fast-check";
import { expect, test } from "vitest";
import type { Label, Prompt } from "../clicks/prompts.ts";
import { pixel } from "../image/pixels.ts";
import {
  addLabel,
  removeLabel,
  renameLabel,
  restart,
  say,
  sayAll,
  sayInstead,
  setStrength,
  startFrom,
  takeBack,
} from "./edit.ts";
import { canRedo, canUndo, newSession, redo, type Session, state, undo } from "./session.ts";

const SIZE = { width: 12, height: 9 };

function click(x: number, y: number, says: Label = "object"): Prompt {
  return { kind: "click", at: pixel(x, y), says };
}

function said(session: Session): readonly Prompt[] {
  return [...state(session).prompts.values()];
}

test("a new session has said nothing and knows background and object", () => {
  const session = newSession(SIZE);
  expect(state(session)).toEqual({
    labels: ["background", "object"],
    prompts: new Map(),
    start: undefined,
    edits: [],
    asked: new Map(),
    locks: new Map(),
    strength: 1,
  });
  expect([canUndo(session), canRedo(session)]).toEqual([false, false]);
});

test("any earlier prompt can be taken back, and that can be undone", () => {
  const session = sayAll(newSession(SIZE), [click(1, 1), click(2, 2), click(3, 3)]);
  const [, second] = state(session).prompts.keys();
  const without = takeBack(session, second);
  expect(said(without)).toEqual([click(1, 1), click(3, 3)]);
  expect(said(undo(without))).toEqual(said(session));
});

test("any earlier prompt can be said otherwise in its place, and that can be undone", () => {
  const session = sayAll(newSession(SIZE), [click(1, 1), click(2, 2), click(3, 3)]);
  const [, second] = state(session).prompts.keys();
  const dragged = sayInstead(session, second, click(5, 6));
  expect(said(dragged)).toEqual([click(1, 1), click(5, 6), click(3, 3)]);
  expect(said(undo(dragged))).toEqual(said(session));
  expect(said(takeBack(dragged, second))).toEqual([click(1, 1), click(3, 3)]);
  expect(() => sayInstead(session, second, click(3, 3, "background"))).toThrow(/one label/);
  expect(() => sayInstead(session, "p9", click(3, 3))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: sayInstead: expected the id of a prompt in force (p0, p1, p2), got "p9".]`,
  );
});

test("the strength is set by one event, however often a slider moves it", () => {
  const session = say(newSession(SIZE), click(1, 1));
  const slid = [1.1, 2, 4].reduce(setStrength, session);
  expect([state(slid).strength, slid.at]).toEqual([4, session.at + 1]);
  expect(state(undo(slid)).strength).toBe(1);
  expect(setStrength(slid, 1).at).toBe(session.at);
  expect(() => setStrength(session, 0)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: setStrength: expected 0.125 to 8, got 0.]`,
  );
  expect(() => setStrength(session, Number.NaN)).toThrow(RangeError);
});

test("undo and redo stop at the ends", () => {
  const session = newSession(SIZE);
  expect(undo(session)).toEqual(session);
  expect(redo(session)).toEqual(session);
});

test("a new event forgets what was undone", () => {
  const session = say(undo(say(newSession(SIZE), click(1, 1))), click(2, 2));
  expect(canRedo(session)).toBe(false);
  expect(said(session)).toEqual([click(2, 2)]);
});

test("restart forgets prompts and the starting mask, keeps labels, and can be undone", () => {
  const mask = { ...SIZE, data: new Uint8Array(12 * 9).fill(1) };
  const before = startFrom(say(addLabel(newSession(SIZE), "cat"), click(1, 1, "cat")), mask);
  const after = state(restart(before));
  expect([after.labels, after.prompts.size, after.start]).toEqual([
    ["background", "object", "cat"],
    0,
    undefined,
  ]);
  expect(state(undo(restart(before)))).toEqual(state(before));
});

test("renaming a label renames what was said with it", () => {
  const session = renameLabel(say(newSession(SIZE), click(1, 1)), "object", "dog");
  expect(state(session).labels).toEqual(["background", "dog"]);
  expect(said(session)).toEqual([click(1, 1, "dog")]);
});

test("removing a label removes its prompts and its part of the starting mask", () => {
  const mask = { width: 3, height: 1, data: Uint8Array.of(0, 1, 2) };
  const session = startFrom(addLabel(newSession(mask), "cat"), mask);
  const { labels, start } = state(removeLabel(session, "object"));
  expect(labels).toEqual(["background", "cat"]);
  expect([...(start?.mask.data ?? [])]).toEqual([0, 0, 1]);
});

type Edit = "undo" | "redo" | "take back" | "restart" | { readonly x: number; readonly y: number };

const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ x: fc.integer({ min: 0, max: 11 }), y: fc.integer({ min: 0, max: 8 }) }),
  fc.constantFrom("undo", "redo", "take back", "restart"),
);

function edited(session: Session, edit: Edit): Session {
  if (edit === "undo") return undo(session);
  if (edit === "redo") return redo(session);
  if (edit === "restart") return restart(session);
  if (edit !== "take back") return say(session, click(edit.x, edit.y));
  const [first] = state(session).prompts.keys();
  return first === undefined ? session : takeBack(session, first);
}

test("undoing everything and redoing everything is where one was", () => {
  fc.assert(
    fc.property(fc.array(anyEdit, { maxLength: 30 }), (edits) => {
      const session = edits.reduce(edited, newSession(SIZE));
      let back = session;
      for (let i = 0; i < session.at; i++) back = undo(back);
      expect(said(back)).toEqual([]);
      for (let i = 0; i < session.at; i++) back = redo(back);
      expect(state(back)).toEqual(state(session));
    }),
  );
});

test("wrong words are refused and change nothing", () => {
  const session = say(newSession(SIZE), click(1, 1));
  expect(() => say(session, click(12, 1))).toThrow(RangeError);
  expect(() => say(session, click(Number.NaN, 1))).toThrow(/NaN/);
  expect(() => say(session, click(1, 1, "background"))).toThrow(
    /object.*background|background.*object/,
  );
  expect(() => say(session, click(2, 2, "horse"))).toThrow(/horse/);
  expect(() => takeBack(session, "p9")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: takeBack: expected the id of a prompt in force (p0), got "p9".]`,
  );
  expect(() => addLabel(session, "object")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: addLabel: expected a new label, got "object", which is there.]`,
  );
  expect(() => addLabel(session, " ")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: addLabel: expected a name for the label, got an empty one.]`,
  );
  expect(() => renameLabel(session, "background", "sky")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: renameLabel: expected one of the labels object, got "background".]`,
  );
  expect(() => removeLabel(session, "object")).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: removeLabel: expected to leave the background and one more label, got the last one, "object". Add another label first.]`,
  );
  expect(said(session)).toEqual([click(1, 1)]);
});

test("a starting mask must fit", () => {
  const session = newSession({ width: 2, height: 1 });
  const small = { width: 1, height: 1, data: Uint8Array.of(0) };
  expect(() => startFrom(session, small)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: startFrom: expected a mask of 2×1, got 1×1. Make it the size of the image.]`,
  );
  const mask = { width: 2, height: 1, data: Uint8Array.of(0, 7) };
  expect(() => startFrom(session, mask)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: startFrom: expected mask values below 2 (background, object), got 7. Add the missing labels first.]`,
  );
  const fits = { width: 2, height: 1, data: Uint8Array.of(0, 1) };
  expect(() => startFrom(session, fits, 0)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: startFrom: expected precision > 0, got 0.]`,
  );
});

test("a session needs a size and a background", () => {
  expect(() => newSession({ width: 0, height: 3 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: newSession: expected a whole width of at least 1, got 0.]`,
  );
  expect(() => newSession(SIZE, ["cat", "background"])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: newSession: expected different names beginning with "background", got ["cat","background"].]`,
  );
  expect(() => newSession(SIZE, ["background"])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: newSession: expected 2 to 255 labels, the background among them, got 1.]`,
  );
  expect(() => newSession(SIZE, ["background", " "])).toThrow(RangeError);
  const many = Array.from({ length: 300 }, (_, i) => (i === 0 ? "background" : `thing ${i}`));
  expect(() => newSession(SIZE, many)).toThrow(/2 to 255 labels/);
});

test("a mask of background and unsure pixels alone is none to start from", () => {
  const data = new Uint8Array(SIZE.width * SIZE.height);
  data[0] = 255;
  expect(() => startFrom(newSession(SIZE), { ...SIZE, data })).toThrow(/save the mask in black/);
  data[1] = 1;
  expect(state(startFrom(newSession(SIZE), { ...SIZE, data })).start?.mask.data[0]).toBe(255);
});

test("more prompts than a session takes are refused at once", () => {
  const many = Array.from({ length: 10_000 }, (_, i) => click(i % 12, Math.floor(i / 12) % 9));
  expect(() => sayAll(newSession(SIZE), many)).toThrow(/at most .* prompts, got 10000/);
});
