import fc from "fast-check";
import { expect, test } from "vitest";
import { pixel } from "../image/pixels.ts";
import { canonicalOrder } from "./canonicalOrder.ts";
import type { Prompt } from "./prompts.ts";

// Few places and labels, so that equal prompts come up.
const place = fc
  .tuple(fc.constantFrom(0, -0, 1, 1.5, 20), fc.constantFrom(0, 3, 3.25))
  .map(([x, y]) => pixel(x, y));
const says = fc.constantFrom("background", "object", "Ähre", "ahre");
const anyPrompt: fc.Arbitrary<Prompt> = fc.oneof(
  fc.record({ kind: fc.constant("click" as const), at: place, says }),
  fc.record({
    kind: fc.constant("stroke" as const),
    points: fc.array(place, { minLength: 1, maxLength: 3 }),
    width: fc.constantFrom(1, 5),
    says,
  }),
  fc.record({ kind: fc.constant("box" as const), from: place, to: place, says }),
  fc.record({
    kind: fc.constant("lasso" as const),
    points: fc.array(place, { minLength: 3, maxLength: 5 }),
    says,
  }),
);
const somePrompts = fc.array(anyPrompt, { maxLength: 12 });

test("the order in which things were said leaves no trace", () => {
  fc.assert(
    fc.property(
      somePrompts.chain((prompts) =>
        fc.tuple(fc.constant(prompts), fc.shuffledSubarray(prompts, { minLength: prompts.length })),
      ),
      ([prompts, shuffled]) => {
        expect(canonicalOrder(shuffled)).toStrictEqual(canonicalOrder(prompts));
      },
    ),
  );
});

test("saying something twice is saying it once", () => {
  fc.assert(
    fc.property(somePrompts, (prompts) => {
      expect(canonicalOrder([...prompts, ...prompts])).toEqual(canonicalOrder(prompts));
    }),
  );
});

test("ordering what is in order changes nothing", () => {
  fc.assert(
    fc.property(somePrompts, (prompts) => {
      expect(canonicalOrder(canonicalOrder(prompts))).toEqual(canonicalOrder(prompts));
    }),
  );
});

test("nothing that was said is lost, and nothing comes from nowhere", () => {
  const text = (prompt: Prompt) =>
    prompt.kind === "lasso"
      ? // The same corners in the same ring, wherever it begins and whichever way it goes.
        `lasso ${prompt.says} ${[...new Set(prompt.points.map(({ x, y }) => `${x + 0},${y + 0}`))].sort().join(" ")}`
      : prompt.kind === "box"
        ? JSON.stringify([
            Math.min(prompt.from.x, prompt.to.x),
            Math.max(prompt.from.x, prompt.to.x),
            Math.min(prompt.from.y, prompt.to.y),
            Math.max(prompt.from.y, prompt.to.y),
            prompt.says,
          ])
        : JSON.stringify(prompt);
  fc.assert(
    fc.property(somePrompts, (prompts) => {
      expect(new Set(canonicalOrder(prompts).map(text))).toEqual(new Set(prompts.map(text)));
    }),
  );
});

test("a box drawn from the other corner is the same box", () => {
  const box = (x0: number, y0: number, x1: number, y1: number): Prompt => ({
    kind: "box",
    from: pixel(x0, y0),
    to: pixel(x1, y1),
    says: "object",
  });
  const same = [box(1, 2, 7, 9), box(7, 9, 1, 2), box(7, 2, 1, 9), box(1, 9, 7, 2)];
  expect(canonicalOrder(same)).toEqual([box(1, 2, 7, 9)]);
});

test("a lasso drawn from another point, or the other way round, is the same lasso", () => {
  fc.assert(
    fc.property(
      fc.array(place, { minLength: 3, maxLength: 6 }),
      fc.nat(),
      fc.boolean(),
      (points, turn, isBackwards) => {
        const from = turn % points.length;
        const turned = [...points.slice(from), ...points.slice(0, from)];
        const lasso = (ring: typeof points): Prompt => ({
          kind: "lasso",
          points: ring,
          says: "object",
        });
        expect(canonicalOrder([lasso(isBackwards ? turned.reverse() : turned)])).toStrictEqual(
          canonicalOrder([lasso(points)]),
        );
      },
    ),
  );
});
