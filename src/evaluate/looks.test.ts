import { expect, test } from "vitest";
import { type Click, OBJECT } from "../clicks/prompts.ts";
import { type Picture, type Plane, pixel, type Size } from "../image/pixels.ts";
import { sayAll } from "../session/edit.ts";
import { newSession } from "../session/session.ts";
import { flipped } from "./flipped.ts";
import { clicksOf, type Open, segmentationOf } from "./segmentationOf.ts";
import { zoomed } from "./zoomed.ts";

/** Sure of an object where the picture is red, whatever was clicked; remembers what it was asked. */
function redSeer(probability = (red: number, _x: number) => red / 255) {
  const asked: { size: Size; clicks: readonly Click[] }[] = [];
  const open: Open = async ({ width, height, data }) => ({
    width,
    height,
    segment: async (session) => {
      const clicks = clicksOf(session);
      asked.push({ size: { width, height }, clicks });
      const plane: Plane = {
        width,
        height,
        data: Float32Array.from({ length: width * height }, (_, at) =>
          probability(data[3 * at], at % width),
        ),
      };
      return segmentationOf(plane, []);
    },
  });
  return { asked, open };
}

/** Red in a rectangle, black elsewhere. */
function redBox(width: number, height: number, left: number, top: number, side: number): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let y = top; y < top + side; y++) {
    for (let x = left; x < left + side; x++) data[3 * (y * width + x)] = 255;
  }
  return { width, height, data };
}

const click = (x: number, y: number, says = OBJECT): Click => ({
  kind: "click",
  at: pixel(x, y),
  says,
});

test("a symmetric seer says the same of a picture and its mirror, so flips change nothing", async () => {
  const picture = redBox(9, 5, 1, 1, 3);
  const { open, asked } = redSeer();
  const session = sayAll(newSession(picture), [click(2, 2)]);
  const plain = await (await open(picture)).segment(session);
  const both = await (await flipped(open)(picture)).segment(session);
  expect(both.mask).toEqual(plain.mask);
  expect(asked[2].clicks[0].at).toEqual(pixel(6, 2));
});

test("flips average logits", async () => {
  // Says 0.9 in its left half and 0.5 in its right: logits of ln 9 and 0.
  const { open } = redSeer((_, x) => (x < 2 ? 0.9 : 0.5));
  const picture = redBox(4, 1, 0, 0, 1);
  const segmenter = await flipped(open)(picture);
  const { probability } = await segmenter.segment(newSession(picture));
  for (const p of probability(OBJECT).data) expect(p).toBeCloseTo(0.75, 6);
});

test("the first look is on the whole image, the second on a region scaled to 400 pixels", async () => {
  const picture = redBox(640, 480, 300, 100, 101);
  const { open, asked } = redSeer();
  const segmenter = await zoomed(open)(picture);
  const one = await segmenter.segment(sayAll(newSession(picture), [click(350, 150)]));
  const two = await segmenter.segment(
    sayAll(newSession(picture), [click(350, 150), click(2, 2, "background")]),
  );
  // Z1: rows 50 to 250, columns 250 to 450; the click far away is not in it.
  expect(asked.map(({ size }) => size)).toEqual([
    { width: 640, height: 480 },
    { width: 400, height: 400 },
  ]);
  expect(asked[1].clicks).toEqual([click(199, 199)]);
  const differing = one.mask.data.filter((value, at) => value !== two.mask.data[at]).length;
  // Scaled there and back, only the outline may move, by a pixel at most.
  expect(differing).toBeLessThanOrEqual(4 * 101);
});

test("without a mask the whole image is looked at again, and clicks are obeyed", async () => {
  const picture = redBox(300, 300, 0, 0, 0);
  const { open, asked } = redSeer();
  const segmenter = await zoomed(open)(picture);
  const session = sayAll(newSession(picture), [click(5, 6)]);
  const { mask } = await segmenter.segment(session);
  expect(mask.data[6 * 300 + 5]).toBe(1);
  await segmenter.segment(sayAll(newSession(picture), [click(5, 6, "background")]));
  await segmenter.segment(sayAll(newSession(picture), [click(5, 6, "background")]));
  expect(asked[2].size).toEqual({ width: 300, height: 300 });
});
