/** A picture, encoded once; every mask after that costs one answer of the model. */

import { canonicalOrder } from "../clicks/canonicalOrder.ts";
import { pinnedPixels } from "../clicks/pinnedPixels.ts";
import type { Label, Prompt } from "../clicks/prompts.ts";
import type { Picture, PixelPoint, Plane, Size } from "../image/pixels.ts";
import type { Explanation } from "../models/explanation.ts";
import type { Context, Model, Question } from "../models/model.ts";
import { checkSession } from "./checkSession.ts";
import { lockedPixels } from "./lockedPixels.ts";
import { remembering } from "./remembering.ts";
import { type Segmentation, segmentation } from "./segmentation.ts";
import { type Session, state } from "./session.ts";

export interface Segmenter extends Size {
  /** The mask of all that is in force in a session on this picture. */
  segment(session: Session, context?: Partial<Context>): Promise<Segmentation>;
  /**
   * Why pixels have, or do not have, a label in this session's mask: see `whyPixel`. Not every model
   * can tell.
   */
  explain?(session: Session, label: Label, context?: Partial<Context>): Promise<Explanation>;
  /**
   * About what a first click at a place would cut out, without a graph being run: a coarse plane of
   * numbers in [0, 1]. Not every model has one.
   */
  preview?(at: PixelPoint): Plane;
}

/** Of the time of an answer, about this share goes into the model and the rest into pixels. */
const MODEL_SHARE = 0.7;

/**
 * Encode a picture for a model.
 *
 * @param context Where graphs run; how to report progress; how to stop.
 */
export async function openPicture(
  picture: Picture,
  model: Model,
  context: Context,
): Promise<Segmenter> {
  const { width, height } = picture;
  if (picture.data.length !== width * height * 3) {
    throw new RangeError(
      `openPicture: expected ${width}×${height}×3 bytes of red, green and blue, got ${picture.data.length}.`,
    );
  }
  const encoding = await model.encode(picture, context);
  const { explain, preview } = encoding;
  const answer = remembering(encoding);
  return {
    width,
    height,
    ...(preview && { preview }),
    ...(explain && {
      explain: async (session: Session, label: Label, here: Partial<Context> = {}) => {
        checkSession(session, { width, height });
        const { labels } = state(session);
        if (labels.indexOf(label) < 1) {
          throw new RangeError(
            `explain: expected one of the labels ${labels.slice(1).join(", ")}, got "${label}".`,
          );
        }
        return explain(question(session), label, { run: context.run, ...here });
      },
    }),
    segment: async (session, here = {}) => {
      const { run, signal, progress } = { run: context.run, ...here };
      checkSession(session, { width, height });
      const asked = question(session);
      const belief = await answer(asked, {
        run,
        ...(signal && { signal }),
        ...(progress && { progress: (share: number) => progress(share * MODEL_SHARE) }),
      });
      const { prompts, edits, asked: saidToModel } = state(session);
      const pixels = (all: Iterable<Prompt>) => pinnedPixels(all, { width, height });
      const told = {
        prompts: asked.prompts,
        pinned: pixels(asked.prompts),
        locked: lockedPixels(state(session)),
      };
      const pinned = prompts === saidToModel ? told.pinned : pixels(prompts.values());
      return segmentation(belief, told, edits, pinned, (share) => {
        signal?.throwIfAborted();
        progress?.(MODEL_SHARE + (1 - MODEL_SHARE) * share);
      });
    },
  };
}

function question(session: Session): Question {
  const { labels, asked, start, strength } = state(session);
  return {
    labels,
    prompts: canonicalOrder([...asked.values()]),
    ...(start && { start }),
    ...(strength !== 1 && { strength }),
  };
}
