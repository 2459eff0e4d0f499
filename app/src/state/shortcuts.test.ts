import fc from "fast-check";
import { expect, test } from "vitest";
import { type Changed, canBeGiven, given, holderOf, keyOf, keysOf } from "./shortcuts.ts";

const DEFAULTS = {
  undo: { keys: ["Ctrl+Z"] },
  redo: { keys: ["Ctrl+Shift+Z", "Ctrl+Y"] },
  stroke: { keys: ["S"] },
  box: { keys: ["X"] },
};

const names = fc.constantFrom(...Object.keys(DEFAULTS));
const keys = fc.constantFrom("S", "X", "Y", "Ctrl+Z", "Ctrl+Y", "+");

test("nobody has changed anything: a command has the keys it came with", () => {
  expect(keysOf("redo", {}, DEFAULTS)).toEqual(["Ctrl+Shift+Z", "Ctrl+Y"]);
  expect(holderOf("Ctrl+Y", {}, DEFAULTS)).toBe("redo");
  expect(holderOf("Y", {}, DEFAULTS)).toBeUndefined();
});

test("a key that is given away is taken from who had it", () => {
  const changed = given("S", "box", {}, DEFAULTS);
  expect(keysOf("box", changed, DEFAULTS)).toEqual(["S"]);
  expect(keysOf("stroke", changed, DEFAULTS)).toEqual([]);
  expect(holderOf("S", changed, DEFAULTS)).toBe("box");
});

test("whatever is given to whom, no key does two things, and the last gift holds", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(keys, names), { minLength: 1 }), (gifts) => {
      let changed: Changed = {};
      for (const [key, name] of gifts) changed = given(key, name, changed, DEFAULTS);
      const all = Object.keys(DEFAULTS).flatMap((name) => keysOf(name, changed, DEFAULTS));
      expect(new Set(all).size).toBe(all.length);
      const [key, name] = gifts.at(-1) ?? ["", ""];
      expect(holderOf(key, changed, DEFAULTS)).toBe(name);
    }),
  );
});

test("keys are named as they are printed; a sign holds its Shift in itself", () => {
  const none = { ctrlKey: false, metaKey: false, shiftKey: false };
  expect(keyOf({ ...none, key: "q" })).toBe("Q");
  expect(keyOf({ ...none, key: "?", shiftKey: true })).toBe("?");
  expect(keyOf({ ...none, key: "Z", metaKey: true, shiftKey: true })).toBe("Ctrl+Shift+Z");
});

test("keys that people need to get about, and those of the browser, are not given away", () => {
  for (const key of ["1", "Escape", "Tab", "Enter", " ", "ArrowLeft", "F5", "Ctrl+W", "Shift"]) {
    expect([key, canBeGiven(key)]).toEqual([key, false]);
  }
  for (const key of ["Q", "Shift+Q", "Ctrl+K", "+", "Delete", "Home"]) {
    expect([key, canBeGiven(key)]).toEqual([key, true]);
  }
});
