import { expect, test } from "vitest";
import { runLengthString } from "../image/runLengthString.ts";
import { runLengths } from "../image/runLengths.ts";
import { agreement } from "./agreement.ts";
import type { Sample } from "./sample.ts";

/** An object whose last mask has these pixels, of 2×2. */
function sample(id: string, ...data: readonly number[]): Sample {
  const mask = { width: 2, height: 2, data: Uint8Array.from(data) };
  return {
    id,
    width: 2,
    height: 2,
    overlaps: [[1, 1]],
    boundaries: [[1, 1]],
    brier: [0],
    ece: [0],
    clicks: [],
    mask: runLengthString(runLengths(mask).counts),
    kept: { checked: 0, violated: 0 },
    latencyMs: { encode: 0, clicks: [] },
    hash: id,
  };
}

test("a run agrees with itself, also where its masks are empty", () => {
  const run = [sample("a", 0, 1, 1, 0), sample("b", 0, 0, 0, 0)];
  expect(agreement(run, run)).toEqual({ objects: 2, equal: 2, maskIou: 1 });
});

test("masks that share one of three pixels, and a pair that is equal", () => {
  const these = [sample("a", 1, 1, 0, 0), sample("b", 1, 1, 1, 1), sample("alone", 1, 0, 0, 0)];
  const those = [sample("b", 1, 1, 1, 1), sample("a", 1, 0, 1, 0)];
  expect(agreement(these, those)).toEqual({ objects: 2, equal: 1, maskIou: (1 + 1 / 3) / 2 });
  expect(agreement(those, these)).toEqual(agreement(these, those));
});

test("runs without an object in common do not agree, nor do they disagree", () => {
  expect(agreement([sample("a", 1, 0, 0, 0)], [sample("b", 1, 0, 0, 0)])).toBeUndefined();
});
