import fc from "fast-check";
import { expect, test } from "vitest";
import { type Click, OBJECT } from "../../clicks/prompts.ts";
import { type Picture, pixel } from "../../image/pixels.ts";
import { interpreterDevice } from "../../runtime/interpreterDevice.ts";
import { lattice } from "./lattice.ts";
import { potential } from "./potential.ts";
import { randomWalkerModel } from "./randomWalker.ts";

const context = { run: interpreterDevice().run };

const picture = (
  width: number,
  height: number,
  grey: (x: number, y: number) => number,
): Picture => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const at = Math.floor(i / 3);
    return grey(at % width, Math.floor(at / width));
  }),
});

const click = (x: number, y: number, says = OBJECT): Click => ({
  kind: "click",
  at: pixel(x, y),
  says,
});

async function probability(of: Picture, ...prompts: readonly Click[]): Promise<Float32Array> {
  const encoding = await randomWalkerModel().encode(of, context);
  const belief = await encoding.answer({ labels: ["background", OBJECT], prompts }, context);
  const all = belief.rows(0, of.height);
  return all.subarray(of.width * of.height);
}

test("on an even line the potential falls evenly between its ends", () => {
  const line = lattice(picture(5, 1, () => 100));
  const found = potential(
    line,
    new Map([
      [0, 1],
      [4, 0],
    ]),
  );
  [1, 0.75, 0.5, 0.25, 0].forEach((value, at) => {
    // Conjugate gradients stop at a residual of 1e-4 of the first.
    expect(found[at]).toBeCloseTo(value, 4);
  });
});

test("off the seeds the potential is the weighted mean of its neighbours, within what is held", () => {
  const side = fc.integer({ min: 2, max: 9 });
  const cases = fc.record({ width: side, height: side, seed: fc.nat({ max: 250 }) });
  fc.assert(
    fc.property(cases, ({ width, height, seed }) => {
      const cells = lattice(
        picture(width, height, (x, y) => (x * 37 + y * 91 + seed * x * y) % 256),
      );
      const last = width * height - 1;
      const found = potential(
        cells,
        new Map([
          [0, 1],
          [last, 0],
        ]),
      );
      for (let at = 1; at < last; at++) {
        const edges = [
          [cells.right[at], at + 1],
          [cells.down[at], at + width],
          [at % width === 0 ? 0 : cells.right[at - 1], at - 1],
          [at < width ? 0 : cells.down[at - width], at - width],
        ].filter(([weight]) => weight > 0);
        const total = edges.reduce((sum, [weight]) => sum + weight, 0);
        const mean = edges.reduce((sum, [weight, other]) => sum + weight * found[other], 0) / total;
        // Weights differ by up to 100, which multiplies the residual where a solution is taken.
        expect(Math.abs(found[at] - mean)).toBeLessThan(2e-3);
        expect(found[at]).toBeGreaterThanOrEqual(0);
        expect(found[at]).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 50 },
  );
});

test("two sides of an edge get the labels that were clicked on them", async () => {
  const halves = picture(30, 20, (x) => (x < 15 ? 40 : 200));
  const found = await probability(halves, click(3, 3), click(25, 15, "background"));
  expect([...found].map((p) => p > 0.5)).toEqual([...found].map((_, at) => at % 30 < 15));
});

test("where one label alone was spoken of, all is that; where none was, nothing is known", async () => {
  const grey = picture(4, 3, () => 128);
  expect([...(await probability(grey, click(1, 1)))]).toEqual(Array(12).fill(1));
  expect([...(await probability(grey, click(1, 1, "background")))]).toEqual(Array(12).fill(0));
  expect([...(await probability(grey))]).toEqual(Array(12).fill(0.5));
});

test("three labels share a picture, and probabilities sum to one", async () => {
  const labels = ["background", "left", "right"];
  const grey = picture(300, 8, (x) => (x * 7) % 50);
  const encoding = await randomWalkerModel().encode(grey, context);
  const prompts = [click(5, 4, "left"), click(150, 4, "background"), click(290, 4, "right")];
  const rows = (await encoding.answer({ labels, prompts }, context)).rows(2, 5);
  const pixels = 3 * 300;
  for (let at = 0; at < pixels; at++) {
    expect(rows[at] + rows[pixels + at] + rows[2 * pixels + at]).toBeCloseTo(1, 6);
  }
  expect(rows[pixels + 5]).toBeGreaterThan(0.9);
  expect(rows[2 * pixels + 290]).toBeGreaterThan(0.9);
});

test("a mask to start from is refused", async () => {
  const grey = picture(2, 2, () => 0);
  const encoding = await randomWalkerModel().encode(grey, context);
  const start = { mask: { width: 2, height: 2, data: new Uint8Array(4) }, precision: 1 };
  await expect(
    encoding.answer({ labels: ["background", OBJECT], prompts: [], start }, context),
  ).rejects.toThrow("randomWalker: expected clicks alone, got a mask to start from.");
});
