import { expect, test } from "vitest";
import { pixel } from "../image/pixels.ts";
import { checkPrompt, MAX_STROKE_POINTS } from "./checkPrompt.ts";
import type { Prompt } from "./prompts.ts";

const SIZE = { width: 640, height: 480 };
const LABELS = ["background", "object"];

const check = (prompt: unknown) => () => checkPrompt(prompt as Prompt, SIZE, LABELS);
const click = (x: number, y: number, says = "object") => ({ kind: "click", at: pixel(x, y), says });
const stroke = (width: unknown, points: unknown = [pixel(1, 1)]) => ({
  kind: "stroke",
  points,
  width,
  says: "object",
});
const box = (x: number, y: number, says = "object") => ({
  kind: "box",
  from: pixel(10, 20),
  to: pixel(x, y),
  says,
});

test("every place whose pixel is in the image may be clicked", () => {
  for (const [x, y] of [
    [0, 0],
    [639, 479],
    [-0.5, -0.5],
    [639.49, 479.49],
    [12.3, 45.6],
  ]) {
    expect(check(click(x, y))).not.toThrow();
  }
});

test("a place whose pixel is not in the image may not", () => {
  for (const [x, y] of [
    [640, 0],
    [0, 480],
    [-0.51, 0],
    [0, -1],
    [639.5, 0],
    [Number.NaN, 0],
    [0, Number.POSITIVE_INFINITY],
  ]) {
    expect(check(click(x, y))).toThrow(RangeError);
  }
  expect(check(click(640, 12))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: click.at: expected a position inside the image, x from 0 to 639 and y from 0 to 479, got (640, 12).]`,
  );
  expect(check(click(Number.NaN, 12))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: click.at: expected finite numbers, x from 0 to 639 and y from 0 to 479, got (NaN, 12).]`,
  );
});

test("strokes have at least one point, not too many, and a brush of at least a pixel", () => {
  expect(check(stroke(1))).not.toThrow();
  expect(check(stroke(0.9))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: stroke: expected a width from 1 to 1000 pixels, got 0.9.]`,
  );
  expect(check(stroke(Number.NaN))).toThrow(RangeError);
  expect(check(stroke(3, []))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: stroke: expected 1 to 10000 points, got 0. Make it several strokes.]`,
  );
  const scribble = Array.from({ length: MAX_STROKE_POINTS + 1 }, () => pixel(1, 1));
  expect(check(stroke(3, scribble))).toThrow(RangeError);
  expect(check(stroke(3, [pixel(1, 1), pixel(1, 480)]))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: stroke.points.1: expected a position inside the image, x from 0 to 639 and y from 0 to 479, got (1, 480).]`,
  );
});

test("a box has a size, lies in the image, and says where something is, not where nothing is", () => {
  expect(check(box(10, 21))).not.toThrow();
  expect(check(box(0, 0))).not.toThrow();
  expect(check(box(10, 20))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: box: expected two different corners, got (10, 20) twice. Draw the box around the object.]`,
  );
  expect(check(box(640, 30))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: box.to: expected a position inside the image, x from 0 to 639 and y from 0 to 479, got (640, 30).]`,
  );
  expect(check(box(30, 30, "background"))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: box: expected a label that lies inside the box, got "background". Draw the box around the object, or a stroke over the background.]`,
  );
});

test("a lasso goes around something, with at least three points", () => {
  const lasso = (...points: readonly (readonly [number, number])[]) => ({
    kind: "lasso",
    points: points.map(([x, y]) => pixel(x, y)),
    says: "object",
  });
  expect(check(lasso([1, 1], [5, 1], [3, 6]))).not.toThrow();
  expect(check(lasso([1, 1], [5, 1]))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: lasso: expected 3 to 10000 points, got 2. Draw a closed outline around the object.]`,
  );
  expect(check(lasso([1, 1], [5, 1], [3, 1]))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: lasso: expected an outline around the centre of at least one pixel, got one around none. Draw it around the object.]`,
  );
  expect(check(lasso([1, 1], [5, 1], [3, 700]))).toThrow(/lasso.points.2/);
  expect(check({ ...lasso([1, 1], [5, 1], [3, 6]), says: "background" })).toThrow(
    /label that lies inside the lasso/,
  );
});

test("a label that is not there is named beside those that are", () => {
  expect(check(click(1, 1, "cat"))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: click: expected one of the labels background, object, got "cat". Add the label first.]`,
  );
});

test("what is no prompt at all is told apart from a wrong one", () => {
  expect(check(undefined)).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: prompt: expected a click, stroke, box or lasso, got undefined.]`,
  );
  expect(check({ kind: "circle" })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: prompt: expected kind "click", "stroke", "box" or "lasso", got "circle".]`,
  );
  expect(
    check({ kind: "click", at: { x: 1, y: 2 }, says: "object" }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: click.at: expected a position in pixels, pixel(x, y), got {"x":1,"y":2}.]`,
  );
  expect(check({ kind: "click", at: { unit: "pixel", x: "1", y: 2 }, says: "object" })).toThrow(
    TypeError,
  );
  expect(check({ kind: "click", at: pixel(1, 2), says: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: click: expected the name of a label, got 1.]`,
  );
  expect(check(stroke("wide"))).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: stroke: expected a width in pixels, got "wide".]`,
  );
  expect(check(stroke(3, "everywhere"))).toThrowErrorMatchingInlineSnapshot(
    `[TypeError: stroke: expected a list of points, got "everywhere".]`,
  );
});
