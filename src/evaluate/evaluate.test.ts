import fc from "fast-check";
import { expect, test } from "vitest";
import { anyMask, drawing, drawnMask } from "../../test/drawnMask.ts";
import { IGNORE, type Truth } from "../clicks/truth.ts";
import { scene } from "../data/scene/scene.ts";
import type { Mask, Picture, Plane } from "../image/pixels.ts";
import { runLengthCounts } from "../image/runLengthString.ts";
import { maskOfRunLengths } from "../image/runLengths.ts";
import type { Segmenter } from "../session/segmenter.ts";
import { type Session, state } from "../session/session.ts";
import { type Annotation, annotate } from "./annotate.ts";
import { clicksToReach, iou, type Overlap, overlap, reaches } from "./overlap.ts";
import { type Sample, sampleOf } from "./sample.ts";
import { iouOf, summary } from "./summary.ts";

const percent = (value: number): Overlap => ({ intersection: value, union: 100 });
const NOTHING: Overlap = { intersection: 0, union: 0 };

// The vectors of the evaluation protocol; limit 20.
const CURVES: readonly (readonly Overlap[])[] = [
  [50, 86, 91].map(percent),
  [...Array(19).fill(percent(10)), percent(95)],
  Array(20).fill(percent(10)),
  [percent(93)],
  Array(20).fill(NOTHING),
];

test("clicks to a target are those of the first time it is reached", () => {
  const counts = (target: number) => CURVES.map((curve) => clicksToReach(target, curve));
  expect(counts(80)).toEqual([2, 20, undefined, 1, undefined]);
  expect(counts(85)).toEqual([2, 20, undefined, 1, undefined]);
  expect(counts(90)).toEqual([3, 20, undefined, 1, undefined]);
});

/** A sample of which nothing is known but its curve, held up to 20 clicks. */
function sampleWith(curve: readonly Overlap[], id = "a"): Sample {
  const overlaps = Array.from({ length: 20 }, (_, k) => {
    const { intersection, union } = curve[Math.min(k, curve.length - 1)];
    return [intersection, union] as const;
  });
  return {
    id,
    width: 1,
    height: 1,
    overlaps,
    boundaries: overlaps,
    brier: overlaps.map(() => null),
    ece: overlaps.map(() => null),
    clicks: [],
    mask: "",
    kept: { checked: 0, violated: 0 },
    latencyMs: { encode: 0, clicks: [] },
    hash: "",
  };
}

test("on average, an object that never reached the target counts as the limit", () => {
  const { noc, nof, nofConventional } = summary(CURVES.map((curve) => sampleWith(curve)));
  expect(noc).toMatchObject({ "80": 12.6, "85": 12.6, "90": 12.8 });
  expect(nof).toMatchObject({ "80": 2, "85": 2, "90": 2 });
  expect(nofConventional).toMatchObject({ "80": 3, "85": 3, "90": 3 });
});

test("reaching the target with the last click is not the same as never reaching it", () => {
  expect(clicksToReach(90, CURVES[1])).toBe(20);
  expect(clicksToReach(90, CURVES[2])).toBeUndefined();
});

test("a later fall does not matter", () => {
  expect(clicksToReach(90, [percent(91), percent(20)])).toBe(1);
});

test("nine of ten pixels are 90 %", () => {
  expect(reaches({ intersection: 9, union: 10 }, 90)).toBe(true);
  expect(reaches({ intersection: 89, union: 99 }, 90)).toBe(false);
  expect(reaches(NOTHING, 80)).toBe(false);
});

test("whole numbers decide as float32 does in the literature's code", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (union, part) => {
        const intersection = Math.round(part * union);
        for (const target of [80, 85, 90]) {
          expect(reaches({ intersection, union }, target)).toBe(
            Math.fround(intersection / union) >= Math.fround(target / 100),
          );
        }
      },
    ),
  );
});

test("the overlap leaves ignored pixels out", () => {
  const truth = { width: 6, height: 1, data: Uint8Array.of(1, 1, 0, 0, IGNORE, IGNORE) };
  const mask = drawnMask("#.#.#.");
  expect(overlap(truth, mask)).toEqual({ intersection: 1, union: 3 });
  expect(iou(overlap(truth, mask))).toBeCloseTo(1 / 3, 12);
  expect(iou(overlap(drawnMask("."), drawnMask(".")))).toBeNaN();
  expect(() => overlap(truth, drawnMask("#"))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: overlap: expected a mask of the truth's size, 6×1, got 1×1.]`,
  );
});

test("the overlap of a mask with itself is all of it", () => {
  fc.assert(
    fc.property(anyMask(), (mask) => {
      const { intersection, union } = overlap(mask, mask);
      expect(intersection).toBe(union);
    }),
  );
});

const pictureOf = ({ width, height }: Mask): Picture => ({
  width,
  height,
  data: new Uint8Array(width * height * 3),
});

/** A segmenter that answers with what `mask` makes of a session's clicks, as labels of 0 and 1. */
function answering(
  mask: (session: Session) => Uint8Array,
): (picture: Picture) => Promise<Segmenter> {
  return async ({ width, height }) => ({
    width,
    height,
    segment: async (session) => {
      const plane = (): Plane => ({ width, height, data: new Float32Array(width * height) });
      return {
        width,
        height,
        labels: state(session).labels,
        mask: { width, height, data: mask(session) },
        uncertainty: plane(),
        probability: plane,
      };
    },
  });
}

/** Takes each click literally: its pixel and nothing else. */
const literal = answering((session) => {
  const { labels, prompts } = state(session);
  const data = new Uint8Array(session.width * session.height);
  for (const prompt of prompts.values()) {
    if (prompt.kind !== "click") continue;
    data[prompt.at.y * session.width + prompt.at.x] = labels.indexOf(prompt.says);
  }
  return data;
});

/** A clock that moves on by a millisecond each time it is read. */
function ticking(): () => number {
  let time = 0;
  return () => time++;
}

test("an annotator who is taken literally sets one pixel a click", async () => {
  const truth = drawnMask(
    ".....", //
    ".###.",
    ".###.",
    ".....",
  );
  const { overlaps, clicks, mask, kept } = await annotate(
    { picture: pictureOf(truth), truth },
    literal,
    {
      clicks: 4,
      now: ticking(),
    },
  );
  expect(overlaps).toEqual([1, 2, 3, 4].map((intersection) => ({ intersection, union: 6 })));
  expect(clicks.map(({ at }) => `${at.x},${at.y}`)).toEqual(["1,1", "2,1", "3,1", "1,2"]);
  expect(drawing(mask)).toEqual([".....", ".###.", ".#...", "....."]);
  expect(kept).toEqual({ checked: 1 + 2 + 3 + 4, violated: 0 });
});

test("where nothing is left to correct nothing more is said, and the curve stays up", async () => {
  const truth = drawnMask("#.", "..");
  const { overlaps, clicks, clickMs } = await annotate(
    { picture: pictureOf(truth), truth },
    literal,
    {
      clicks: 5,
      now: ticking(),
    },
  );
  expect(clicks).toHaveLength(1);
  expect(clickMs).toEqual([1]);
  expect(overlaps).toEqual(Array(5).fill({ intersection: 1, union: 1 }));
});

test("an empty truth is annotated with nothing and never reaches anything", async () => {
  const truth: Truth = drawnMask("..", "..");
  const one = await annotate({ picture: pictureOf(truth), truth }, literal, { now: ticking() });
  expect(one.clicks).toEqual([]);
  const { noc, nof, miou, brier } = summary([sampleOf("a", one)]);
  expect([noc["80"], nof["80"]]).toEqual([20, 1]);
  expect(miou[0]).toBeNull();
  expect(brier[0]).toBeNull();
});

test("a clicked pixel without its label is counted in every mask", async () => {
  const truth = drawnMask("###", "###");
  const deaf = answering(() => new Uint8Array(6));
  const { kept } = await annotate({ picture: pictureOf(truth), truth }, deaf, {
    clicks: 3,
    now: ticking(),
  });
  expect(kept).toEqual({ checked: 6, violated: 6 });
});

test("a summary of two objects, by hand", async () => {
  const annotated = async (truth: Mask) =>
    annotate({ picture: pictureOf(truth), truth }, literal, { clicks: 3, now: ticking() });
  const both = [
    sampleOf("a", await annotated(drawnMask("#."))),
    sampleOf("b", await annotated(drawnMask("####", "...."))),
  ];
  const each = <T>(value: T) => ({ "80": value, "85": value, "90": value, "95": value });
  expect(summary(both)).toEqual({
    objects: 2,
    noc: each(2),
    nof: each(1),
    nofConventional: each(1),
    miou: [0.625, 0.75, 0.875],
    gain: [0.625, 0.125, 0.125],
    boundaryIou: [0.625, 0.75, 0.875],
    falling: { share: 0, worst: 0 },
    violations: 0,
    // The model's probability of the object is 0 everywhere: it is wrong about one half.
    brier: [0.5, 0.5, 0.5],
    ece: [0.5, 0.5, 0.5],
    latencyMs: {
      encode: { median: 1, p95: 1 },
      click: { median: 1, p95: 1 },
      firstClick: { median: 1, p95: 1 },
    },
    hash: summary(both).hash,
  });
});

test("falls are counted with their worst drop", async () => {
  const truth = drawnMask("##########");
  let asked = 0;
  const shrinking = answering((session) => {
    const set = [8, 4, 6, 5][asked++];
    return Uint8Array.from({ length: session.width }, (_, x) => (x < set ? 1 : 0));
  });
  const one = await annotate({ picture: pictureOf(truth), truth }, shrinking, {
    clicks: 4,
    now: ticking(),
  });
  const { falling } = summary([sampleOf("a", one)]);
  expect(falling.share).toBeCloseTo(2 / 3, 12);
  expect(falling.worst).toBeCloseTo(0.4, 12);
});

test("fingerprints tell other clicks or masks apart, and nothing else", async () => {
  const annotated = async (truth: Mask) =>
    annotate({ picture: pictureOf(truth), truth }, literal, { clicks: 3, now: ticking() });
  const [one, same, other] = [
    await annotated(drawnMask("##.")),
    await annotated(drawnMask("##.")),
    await annotated(drawnMask(".##")),
  ];
  const hash = (...annotations: readonly Annotation[]) =>
    summary(annotations.map((annotation) => sampleOf("a", annotation))).hash;
  expect(hash({ ...same, openMs: 99 })).toBe(hash(one));
  expect(hash(other)).not.toBe(hash(one));
  expect(hash(one, other)).not.toBe(hash(other, one));
});

test("no samples have no summary", () => {
  expect(() => summary([])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: summary: expected samples, got none.]`,
  );
});

test("a scene's thing is found whole by who knows the answer", async () => {
  const { picture, truth } = scene(13, { width: 96, height: 72 });
  const object = { ...truth, data: truth.data.map((label) => (label === 2 ? 1 : 0)) };
  const one = await annotate(
    { picture, truth: object },
    answering(() => object.data),
    {
      now: ticking(),
    },
  );
  expect(one.clicks).toHaveLength(1);
  const sample = sampleOf("thing", one);
  expect(summary([sample]).noc).toEqual({ "80": 1, "85": 1, "90": 1, "95": 1 });
  expect(maskOfRunLengths({ ...object, counts: runLengthCounts(sample.mask) })).toEqual(one.mask);
  expect(sample.overlaps.map(iouOf)).toEqual(Array(20).fill(1));
});
