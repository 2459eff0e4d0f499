/** The door of the room: every prompt passes here once, whoever made it. */

import type { Size } from "../image/pixels.ts";
import { BACKGROUND, type Label, type Lasso, type Prompt } from "./prompts.ts";
import { holdsAnything } from "./regions.ts";

/** More prompts than this on one image are refused: nobody makes them by hand. */
export const MAX_PROMPTS = 2_000;

/** More points than this in one stroke or lasso are refused. */
export const MAX_STROKE_POINTS = 10_000;

/** The widest brush, in pixels. */
export const MAX_STROKE_WIDTH = 1_000;

/**
 * Check one prompt against the image and the labels it is about.
 *
 * @param prompt May come from a file or another process: its type is checked, too.
 * @param labels All labels there are, `labels[0]` the background.
 * @throws {TypeError} Not a prompt.
 * @throws {RangeError} Not a number, outside the image, a label that is not there, a brush narrower
 *   than a pixel, a stroke without points, a box without a size or of background.
 */
export function checkPrompt(prompt: Prompt, size: Size, labels: readonly Label[]): void {
  if (typeof prompt !== "object" || prompt === null) {
    throw new TypeError(
      `prompt: expected a click, stroke, box or lasso, got ${described(prompt)}.`,
    );
  }
  switch (prompt.kind) {
    case "click":
      checkPoint("click.at", prompt.at, size);
      break;
    case "stroke":
      checkStroke(prompt.points, prompt.width, size);
      break;
    case "box":
      checkPoint("box.from", prompt.from, size);
      checkPoint("box.to", prompt.to, size);
      if (prompt.from.x === prompt.to.x && prompt.from.y === prompt.to.y) {
        throw new RangeError(
          `box: expected two different corners, got (${prompt.from.x}, ${prompt.from.y}) twice. Draw the box around the object.`,
        );
      }
      break;
    case "lasso":
      checkLasso(prompt, size);
      break;
    default:
      throw new TypeError(
        `prompt: expected kind "click", "stroke", "box" or "lasso", got ${described((prompt as { kind?: unknown }).kind)}.`,
      );
  }
  checkLabel(prompt, labels);
}

function checkLabel({ kind, says }: Prompt, labels: readonly Label[]): void {
  if (typeof says !== "string") {
    throw new TypeError(`${kind}: expected the name of a label, got ${described(says)}.`);
  }
  if (!labels.includes(says)) {
    throw new RangeError(
      `${kind}: expected one of the labels ${labels.join(", ")}, got "${says}". Add the label first.`,
    );
  }
  if ((kind === "box" || kind === "lasso") && says === BACKGROUND) {
    throw new RangeError(
      `${kind}: expected a label that lies inside the ${kind}, got "${says}". Draw the ${kind} around the object, or a stroke over the background.`,
    );
  }
}

function checkStroke(points: unknown, width: unknown, size: Size): void {
  checkPoints("stroke", points, 1, "Make it several strokes.", size);
  if (typeof width !== "number") {
    throw new TypeError(`stroke: expected a width in pixels, got ${described(width)}.`);
  }
  if (!(width >= 1 && width <= MAX_STROKE_WIDTH)) {
    throw new RangeError(
      `stroke: expected a width from 1 to ${MAX_STROKE_WIDTH} pixels, got ${width}.`,
    );
  }
}

function checkLasso(lasso: Lasso, size: Size): void {
  checkPoints("lasso", lasso.points, 3, "Draw a closed outline around the object.", size);
  if (!holdsAnything(lasso)) {
    throw new RangeError(
      "lasso: expected an outline around the centre of at least one pixel, got one around none. Draw it around the object.",
    );
  }
}

function checkPoints(who: string, points: unknown, least: number, cure: string, size: Size): void {
  if (!Array.isArray(points)) {
    throw new TypeError(`${who}: expected a list of points, got ${described(points)}.`);
  }
  if (points.length < least || points.length > MAX_STROKE_POINTS) {
    throw new RangeError(
      `${who}: expected ${least} to ${MAX_STROKE_POINTS} points, got ${points.length}. ${cure}`,
    );
  }
  points.forEach((point, i) => {
    checkPoint(`${who}.points.${i}`, point, size);
  });
}

/** A point is in the image where the pixel it rounds to is. */
function checkPoint(who: string, point: unknown, { width, height }: Size): void {
  const { unit, x, y } = (point ?? {}) as { unit?: unknown; x?: unknown; y?: unknown };
  if (unit !== "pixel" || typeof x !== "number" || typeof y !== "number") {
    throw new TypeError(
      `${who}: expected a position in pixels, pixel(x, y), got ${described(point)}.`,
    );
  }
  const column = Math.round(x);
  const row = Math.round(y);
  if (column >= 0 && column < width && row >= 0 && row < height) return;
  const numbers = Number.isFinite(x) && Number.isFinite(y);
  throw new RangeError(
    `${who}: expected ${numbers ? "a position inside the image" : "finite numbers"}, x from 0 to ${width - 1} and y from 0 to ${height - 1}, got (${x}, ${y}).`,
  );
}

/** A value in a message: short, whatever it is. */
function described(value: unknown): string {
  const text = typeof value === "function" ? "a function" : (JSON.stringify(value) ?? `${value}`);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
