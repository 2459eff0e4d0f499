/** The masks of objects that are known by a box, by points or by an earlier mask. */

import { BACKGROUND, OBJECT, type Prompt } from "../clicks/prompts.ts";
import { maskOfSegmentation } from "../formats/cocoSegmentation.ts";
import { FormatError } from "../formats/formatError.ts";
import { type Mask, pixel, type Size } from "../image/pixels.ts";
import { sayAll, startFrom } from "../session/edit.ts";
import type { Segmenter } from "../session/segmenter.ts";
import { newSession } from "../session/session.ts";
import type { JobObject } from "./job.ts";

/**
 * Every object by itself, from one look at the picture: its mask depends on nothing that is said of
 * the others, so that masks may overlap as objects do.
 *
 * @param context Where graphs run, if not where the picture was looked at; how to stop.
 * @returns One mask per object, 1 where it is.
 * @throws {RangeError | FormatError} What is known of an object does not fit the picture; nothing is
 *   returned then, since half the objects of a picture would look like all of them.
 */
export async function segmentObjects(
  segmenter: Segmenter,
  objects: readonly JobObject[],
  context?: Parameters<Segmenter["segment"]>[1],
): Promise<readonly Mask[]> {
  const masks: Mask[] = [];
  for (const [index, object] of objects.entries()) {
    try {
      const empty = newSession(segmenter);
      const { mask: start } = object;
      const from =
        start === undefined
          ? empty
          : startFrom(empty, maskOfSegmentation({ value: start, path: "segmentation" }, segmenter));
      const said = sayAll(from, promptsOf(object, segmenter));
      masks.push((await segmenter.segment(said, context)).mask);
    } catch (cause) {
      if (!(cause instanceof RangeError) && !(cause instanceof FormatError)) throw cause;
      throw new RangeError(`object ${index + 1}: ${(cause as Error).message}`, { cause });
    }
  }
  return masks;
}

function promptsOf({ box, points = [] }: JobObject, size: Size): readonly Prompt[] {
  const said: Prompt[] = points.map(({ x, y, says }) => ({
    kind: "click",
    at: pixel(x, y),
    says: says === "background" ? BACKGROUND : OBJECT,
  }));
  if (box !== undefined) said.push(boxInside(box, size));
  return said;
}

/** Detectors' boxes lead a little out of the picture: what is outside is cut off. */
function boxInside(box: readonly [number, number, number, number], size: Size): Prompt {
  const [left, right] = [Math.min(box[0], box[2]), Math.max(box[0], box[2])];
  const [top, bottom] = [Math.min(box[1], box[3]), Math.max(box[1], box[3])];
  const { width, height } = size;
  if (!(left < width && right >= 0 && top < height && bottom >= 0)) {
    throw new RangeError(
      `expected a box that meets the picture of ${width}×${height}, got one from (${left}, ${top}) to (${right}, ${bottom}).`,
    );
  }
  return {
    kind: "box",
    from: pixel(Math.max(0, left), Math.max(0, top)),
    to: pixel(Math.min(width - 1, right), Math.min(height - 1, bottom)),
    says: OBJECT,
  };
}
