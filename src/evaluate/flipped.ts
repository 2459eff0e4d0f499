/**
 * Look at a picture and at its mirror image, and average what is said, as logits:
 *
 *     logit p = (logit p₁(x) + logit p₂(w − 1 − x)) / 2
 *
 * Twice the time of one look. For two labels, and for clicks.
 *
 * @see Sofiiuk, Petrov & Konushin 2021, whose published numbers are made so.
 */

import { OBJECT } from "../clicks/prompts.ts";
import { type Picture, type Plane, pixel } from "../image/pixels.ts";
import { sayAll } from "../session/edit.ts";
import { newSession } from "../session/session.ts";
import { clicksOf, type Open, segmentationOf } from "./segmentationOf.ts";

/** Probabilities beyond these are taken for these, so that logits stay finite. */
const SURE = 1e-6;

/** The same way to open pictures, with flip averaging. */
export function flipped(open: Open): Open {
  return async (picture) => {
    const { width, height } = picture;
    const straight = await open(picture);
    const mirror = await open(mirrored(picture));
    return {
      width,
      height,
      segment: async (session) => {
        const clicks = clicksOf(session);
        const turned = clicks.map(({ at, ...rest }) => ({
          ...rest,
          at: pixel(width - 1 - at.x, at.y),
        }));
        const one = await straight.segment(sayAll(newSession(picture), clicks));
        const other = await mirror.segment(sayAll(newSession(picture), turned));
        const mean = average(one.probability(OBJECT), other.probability(OBJECT));
        return segmentationOf(mean, clicks);
      },
    };
  };
}

function mirrored({ width, height, data }: Picture): Picture {
  const turned = new Uint8Array(data.length);
  for (let at = 0; at < width * height; at++) {
    const x = at % width;
    const from = 3 * (at - x + width - 1 - x);
    turned.set(data.subarray(from, from + 3), 3 * at);
  }
  return { width, height, data: turned };
}

function average(one: Plane, turned: Plane): Plane {
  const { width, height } = one;
  const data = one.data.map((p, at) => {
    const x = at % width;
    const sum = logit(p) + logit(turned.data[at - x + width - 1 - x]);
    return 1 / (1 + Math.exp(-sum / 2));
  });
  return { width, height, data };
}

function logit(p: number): number {
  const q = Math.min(1 - SURE, Math.max(SURE, p));
  return Math.log(q / (1 - q));
}
