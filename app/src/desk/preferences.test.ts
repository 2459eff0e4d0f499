import { expect, test } from "vitest";
import { FIRST_LOOK } from "../state/look.ts";
import { recalled, remember } from "./preferences.ts";

/** What a browser keeps, as far as it is used. */
function storageWith(text?: string): () => Storage {
  let kept = text ?? null;
  const storage = {
    getItem: () => kept,
    setItem: (_: string, next: string) => {
      kept = next;
    },
  };
  return () => storage as unknown as Storage;
}

const FIRST = { theme: "system", keys: {}, look: FIRST_LOOK };

test("what a person likes is there at the next visit; what belongs to a photo is not", () => {
  const storage = storageWith();
  const look = { ...FIRST_LOOK, opacity: 0.2, grid: false, brightness: 0.5 };
  remember(storage, { theme: "dark", keys: { box: ["K"] }, look });
  expect(recalled(storage)).toEqual({
    theme: "dark",
    keys: { box: ["K"] },
    look: { ...FIRST_LOOK, opacity: 0.2, grid: false },
  });
});

test("what cannot be understood is as from the start, and the rest is kept", () => {
  expect(recalled(storageWith("no JSON"))).toEqual(FIRST);
  expect(recalled(storageWith("[1, 2]"))).toEqual(FIRST);
  const odd = { theme: "pink", keys: { box: "K", undo: ["U"] }, look: { opacity: 7, grid: false } };
  expect(recalled(storageWith(JSON.stringify(odd)))).toEqual({
    theme: "system",
    keys: { undo: ["U"] },
    look: { ...FIRST_LOOK, grid: false },
  });
});

test("a browser that keeps nothing is no reason to stop", () => {
  const forbidden = (): Storage => {
    throw new Error("SecurityError");
  };
  expect(recalled(forbidden)).toEqual(FIRST);
  expect(() => remember(forbidden, { theme: "dark", keys: {}, look: FIRST_LOOK })).not.toThrow();
});
