/** Every edit passes here once, whoever made it. */

import { checkPrompt } from "../../clicks/checkPrompt.ts";
import { BACKGROUND, type Label } from "../../clicks/prompts.ts";
import type { Ring } from "../../image/outlines.ts";
import { checkPixelSet } from "../../image/pixelSet.ts";
import type { Size } from "../../image/pixels.ts";
import { type HandEdit, labelOf } from "./handEdit.ts";

/** More edits than this of one image are refused. */
export const MAX_EDITS = 10_000;

/** More corners than this in the polygons of one label are refused. */
const MAX_CORNERS = 200_000;

/** The widest reach of smoothing, growing and shrinking, in pixels. */
const MAX_REACH = 500;

/**
 * Check an edit against the image and the labels it is about.
 *
 * @throws {RangeError} A number, a place or a label that cannot be.
 */
export function checkEdit(edit: HandEdit, size: Size, labels: readonly Label[]): void {
  switch (edit.kind) {
    case "brush":
      if (!(edit.hardness >= 0 && edit.hardness <= 1)) {
        throw new RangeError(`brush: expected a hardness from 0 to 1, got ${edit.hardness}.`);
      }
      checkPrompt({ ...edit.stroke, kind: "stroke" }, size, labels);
      break;
    case "fill":
      checkPixelSet("fill", edit.pixels, size);
      break;
    case "polygons":
      checkRings(edit.outlines.flatMap(({ outer, holes }) => [outer, ...holes]));
      break;
    case "smooth":
      checkReach("smooth", "a sigma", edit.sigma);
      break;
    case "grow":
      checkReach("grow", "a number", Math.abs(edit.by));
      break;
    case "fill holes":
    case "drop islands":
      break;
    default:
      throw new TypeError(
        `edit: expected one of the kinds brush, fill, polygons, fill holes, drop islands, smooth, grow, got ${JSON.stringify((edit as { kind?: unknown }).kind)}.`,
      );
  }
  for (const label of [labelOf(edit), ...("only" in edit ? [edit.only] : [])]) {
    if (label === undefined || labels.includes(label)) continue;
    throw new RangeError(
      `${edit.kind}: expected one of the labels ${labels.join(", ")}, got "${label}". Add the label first.`,
    );
  }
  if (edit.kind !== "brush" && edit.kind !== "fill" && labelOf(edit) === BACKGROUND) {
    throw new RangeError(
      `${edit.kind}: expected an object, got "${BACKGROUND}". Choose an object first.`,
    );
  }
}

function checkReach(who: string, what: string, pixels: number): void {
  if (pixels > 0 && pixels <= MAX_REACH) return;
  throw new RangeError(
    `${who}: expected ${what} of pixels over 0 and up to ${MAX_REACH}, got ${pixels}.`,
  );
}

function checkRings(rings: readonly Ring[]): void {
  let corners = 0;
  for (const ring of rings) {
    if (ring.length < 3) {
      throw new RangeError(`polygons: expected at least 3 corners, got ${ring.length}.`);
    }
    corners += ring.length;
    for (const { x, y } of ring) {
      if (Number.isFinite(x) && Number.isFinite(y)) continue;
      throw new RangeError(`polygons: expected corners with finite numbers, got (${x}, ${y}).`);
    }
  }
  if (corners > MAX_CORNERS) {
    throw new RangeError(
      `polygons: expected at most ${MAX_CORNERS} corners, got ${corners}. Simplify the polygon first.`,
    );
  }
}
