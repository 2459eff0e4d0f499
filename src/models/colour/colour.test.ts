import fc from "fast-check";
import { expect, test } from "vitest";
import type { Label, Prompt } from "../../clicks/prompts.ts";
import { type Picture, pixel } from "../../image/pixels.ts";
import { resizePlane } from "../../image/resize.ts";
import { interpreterDevice } from "../../runtime/interpreterDevice.ts";
import { sayAll, setStrength, startFrom, takeBack } from "../../session/edit.ts";
import { openPicture } from "../../session/segmenter.ts";
import { newSession, state } from "../../session/session.ts";
import { colourModel } from "./colour.ts";

const { run } = interpreterDevice();
const LABELS = ["background", "object", "other"];

/** A picture of 72×54: a red disk and a blue square on noisy grey. */
const PICTURE = picture(72, 54, (x, y) => {
  if ((x - 20) ** 2 + (y - 27) ** 2 < 14 ** 2) return [200, 40, 40];
  if (x >= 45 && x < 65 && y >= 15 && y < 40) return [40, 60, 200];
  return [120, 120, 120];
});

function picture(
  width: number,
  height: number,
  paint: (x: number, y: number) => readonly [number, number, number],
): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const grain = (i * 7919) % 11;
    paint(i % width, Math.floor(i / width)).forEach((value, c) => {
      data[3 * i + c] = value + grain;
    });
  }
  return { width, height, data };
}

function click(x: number, y: number, says: Label): Prompt {
  return { kind: "click", at: pixel(x, y), says };
}

const opened = openPicture(PICTURE, colourModel(), { run });

async function maskOf(prompts: readonly Prompt[], labels = LABELS): Promise<Uint8Array> {
  const segmenter = await opened;
  return (await segmenter.segment(sayAll(newSession(PICTURE, labels), prompts))).mask.data;
}

function share(mask: Uint8Array, label: number, inside: (x: number, y: number) => boolean): number {
  let hits = 0;
  let union = 0;
  mask.forEach((value, i) => {
    const is = value === label;
    const should = inside(i % PICTURE.width, Math.floor(i / PICTURE.width));
    if (is && should) hits++;
    if (is || should) union++;
  });
  return hits / union;
}

const inDisk = (x: number, y: number) => (x - 20) ** 2 + (y - 27) ** 2 < 14 ** 2;
const inSquare = (x: number, y: number) => x >= 45 && x < 65 && y >= 15 && y < 40;

test("one click cuts out a red disk on grey", async () => {
  expect(share(await maskOf([click(20, 27, "object")]), 1, inDisk)).toBeGreaterThan(0.95);
});

test("two objects of different names come out of one inference without touching", async () => {
  const mask = await maskOf([click(20, 27, "object"), click(55, 27, "other")]);
  expect(share(mask, 1, inDisk)).toBeGreaterThan(0.95);
  expect(share(mask, 2, inSquare)).toBeGreaterThan(0.95);
});

test("with nothing said everything is background", async () => {
  expect(new Set(await maskOf([]))).toEqual(new Set([0]));
});

test("a background click takes a region away", async () => {
  const both = [click(20, 27, "object"), click(55, 27, "object")];
  const without = await maskOf([...both, click(60, 36, "background")]);
  expect(without[36 * PICTURE.width + 60]).toBe(0);
  expect(without[27 * PICTURE.width + 55]).toBe(1);
});

test("a box alone finds what stands out inside it", async () => {
  const box: Prompt = { kind: "box", from: pixel(3, 9), to: pixel(37, 45), says: "object" };
  expect(share(await maskOf([box]), 1, inDisk)).toBeGreaterThan(0.85);
});

test("a stroke pins all of its pixels", async () => {
  const stroke: Prompt = {
    kind: "stroke",
    points: [pixel(12, 27), pixel(28, 27)],
    width: 3,
    says: "object",
  };
  const mask = await maskOf([stroke]);
  for (let x = 12; x <= 28; x++) expect(mask[27 * PICTURE.width + x]).toBe(1);
  expect(share(mask, 1, inDisk)).toBeGreaterThan(0.95);
});

test("a starting mask comes back when nothing is said against it, and clicks correct it", async () => {
  const segmenter = await opened;
  const data = Uint8Array.from({ length: 72 * 54 }, (_, i) =>
    inDisk(i % 72, Math.floor(i / 72)) || inSquare(i % 72, Math.floor(i / 72)) ? 1 : 0,
  );
  const start = startFrom(newSession(PICTURE), { width: 72, height: 54, data });
  const kept = (await segmenter.segment(start)).mask.data;
  const either = (x: number, y: number) => inDisk(x, y) || inSquare(x, y);
  expect(share(kept, 1, either)).toBeGreaterThan(0.97);
  const corrected = await segmenter.segment(sayAll(start, [click(55, 27, "background")]));
  expect(share(corrected.mask.data, 1, inDisk)).toBeGreaterThan(0.9);
});

const anyClicks = fc
  .uniqueArray(
    fc.tuple(
      fc.integer({ min: 0, max: PICTURE.width - 1 }),
      fc.integer({ min: 0, max: PICTURE.height - 1 }),
      fc.constantFrom(...LABELS),
    ),
    { selector: ([x, y]) => `${x},${y}`, minLength: 1, maxLength: 12 },
  )
  .map((said) => said.map(([x, y, says]) => click(x, y, says)));

test("clicked pixels have their labels, in any order of clicking", async () => {
  await fc.assert(
    fc.asyncProperty(anyClicks, async (prompts) => {
      const mask = await maskOf(prompts);
      for (const prompt of prompts) {
        if (prompt.kind !== "click") continue;
        const at = prompt.at.y * PICTURE.width + prompt.at.x;
        expect(LABELS[mask[at]]).toBe(prompt.says);
      }
      expect(await maskOf(prompts.toReversed())).toEqual(mask);
    }),
    { numRuns: 25 },
  );
});

test("a click added and taken back leaves the mask as it was", async () => {
  const segmenter = await opened;
  await fc.assert(
    fc.asyncProperty(anyClicks, async (prompts) => {
      const [last, ...rest] = prompts;
      const before = sayAll(newSession(PICTURE, LABELS), rest);
      const more = sayAll(before, [last]);
      const id = [...state(more).prompts.keys()].at(-1) ?? "";
      const { mask } = await segmenter.segment(takeBack(more, id));
      expect(mask).toEqual((await segmenter.segment(before)).mask);
    }),
    { numRuns: 10 },
  );
});

test("pictures of one pixel, one row and one column work", async () => {
  for (const [width, height] of [
    [1, 1],
    [40, 1],
    [1, 40],
    [2, 3],
  ]) {
    const small = picture(width, height, () => [90, 90, 90]);
    const segmenter = await openPicture(small, colourModel(), { run });
    const { mask } = await segmenter.segment(sayAll(newSession(small), [click(0, 0, "object")]));
    expect(mask.data[0]).toBe(1);
  }
});

test("a picture larger than the model works on gets a mask of its own size with sharp edges", async () => {
  const large = picture(1500, 900, (x, y) => (inLarge(x, y) ? [200, 40, 40] : [120, 120, 120]));
  const segmenter = await openPicture(large, colourModel({ tokens: 2500 }), { run });
  const { mask } = await segmenter.segment(sayAll(newSession(large), [click(400, 450, "object")]));
  const wrong = mask.data.reduce(
    (sum, label, i) => sum + (label === Number(inLarge(i % 1500, Math.floor(i / 1500))) ? 0 : 1),
    0,
  );
  expect(wrong / mask.data.length).toBeLessThan(0.002);
});

function inLarge(x: number, y: number): boolean {
  return (x - 400) ** 2 + (y - 450) ** 2 < 250 ** 2;
}

test("the stronger, the more pixels follow a click: never fewer, and one is what it was", async () => {
  // Two shades that hang together, so that there is somewhere to reach.
  const shaded = picture(72, 54, (x) => [90 + 2 * x, 120, 120]);
  const segmenter = await openPicture(shaded, colourModel(), { run });
  const session = sayAll(newSession(shaded), [click(8, 27, "object")]);
  const areaAt = async (strength: number): Promise<number> => {
    const { mask } = await segmenter.segment(setStrength(session, strength));
    return mask.data.reduce((sum, label) => sum + label, 0);
  };
  const areas: number[] = [];
  for (const strength of [1 / 8, 1 / 2, 1, 2, 8]) areas.push(await areaAt(strength));
  expect(areas).toEqual(areas.toSorted((a, b) => a - b));
  expect(areas.at(-1)).toBeGreaterThan(areas[0]);
  const { mask } = await segmenter.segment(session);
  expect(areas[2]).toBe(mask.data.reduce((sum, label) => sum + label, 0));
});

test("a preview is 1 where one points, between 0 and 1 elsewhere, and about the first click's mask", async () => {
  const { preview } = await opened;
  for (const [at, inside] of [
    [pixel(20, 27), inDisk],
    [pixel(55, 27), inSquare],
  ] as const) {
    const plane = preview?.(at);
    if (!plane) throw new TypeError("the colour model can tell");
    expect(Math.max(...plane.data)).toBe(1);
    expect(Math.min(...plane.data)).toBeGreaterThanOrEqual(0);
    const { data } = resizePlane(plane, PICTURE);
    const mask = Uint8Array.from(data, (value) => (value > 0.3 ? 1 : 0));
    expect(share(mask, 1, inside)).toBeGreaterThan(0.7);
  }
});
