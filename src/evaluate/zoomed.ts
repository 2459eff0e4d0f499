/**
 * Look closer from the second click on: a region around the mask so far (see `zoomRegion`) is cut
 * out, scaled to 400 pixels along its longer side and segmented by itself; beyond it is background.
 * Where no mask is left the whole image is looked at.
 *
 * What is said depends on the masks before, as in RITM's evaluation. Unlike there, pixels are
 * scaled about their centres, and a region is not kept through an empty mask.
 */

import { type Click, OBJECT } from "../clicks/prompts.ts";
import { cropPicture } from "../image/crop.ts";
import { type Picture, type Plane, pixel, type Size } from "../image/pixels.ts";
import { resizePicture, resizePlane } from "../image/resize.ts";
import { sayAll } from "../session/edit.ts";
import type { Segmenter } from "../session/segmenter.ts";
import { newSession } from "../session/session.ts";
import { clicksOf, type Open, segmentationOf } from "./segmentationOf.ts";
import { clamped, expanded, inRegion, maskRegion, nextRegion, type Region } from "./zoomRegion.ts";

const LONGER_SIDE = 400;

/** The same way to open pictures, with zooming in. */
export function zoomed(open: Open): Open {
  return async (picture) => {
    const { width, height } = picture;
    const whole = await open(picture);
    let region: Region | undefined;
    let closer: Segmenter | undefined;
    let previous: Plane | undefined;

    /** The region to look at, if there is a mask to go by. */
    function chosen(clicks: readonly Click[]): Region | undefined {
      if (previous === undefined) return undefined;
      const onObject = clicks.filter(({ says }) => says === OBJECT).map(({ at }) => at);
      const box = maskRegion(previous, onObject);
      if (box === undefined) return undefined;
      return nextRegion(region, clamped(expanded(box), picture), onObject);
    }

    async function probability(clicks: readonly Click[]): Promise<Plane> {
      const next = chosen(clicks);
      if (next === undefined) {
        const answer = await whole.segment(sayAll(newSession(picture), clicks));
        return answer.probability(OBJECT);
      }
      if (next !== region || closer === undefined) {
        region = next;
        closer = await open(closeUp(picture, region));
      }
      const said = clicksIn(clicks, region, closer);
      const answer = await closer.segment(sayAll(newSession(closer), said));
      return pasted(answer.probability(OBJECT), region, picture);
    }

    return {
      width,
      height,
      segment: async (session) => {
        const clicks = clicksOf(session);
        const segmentation = segmentationOf(await probability(clicks), clicks);
        previous = segmentation.probability(OBJECT);
        return segmentation;
      },
    };
  };
}

function sizeOf({ top, bottom, left, right }: Region): Size {
  return { width: right - left + 1, height: bottom - top + 1 };
}

function closeUp(picture: Picture, region: Region): Picture {
  const size = sizeOf(region);
  const scale = LONGER_SIDE / Math.max(size.width, size.height);
  const part = cropPicture(picture, { left: region.left, top: region.top, ...size });
  return resizePicture(part, {
    width: Math.max(1, Math.round(scale * size.width)),
    height: Math.max(1, Math.round(scale * size.height)),
  });
}

/** The clicks inside a region, on its scaled pixels; of several on one pixel, the last. */
function clicksIn(clicks: readonly Click[], region: Region, scaled: Size): readonly Click[] {
  const found = new Map<number, Click>();
  for (const click of clicks) {
    const { x, y } = click.at;
    if (x < region.left || x > region.right || y < region.top || y > region.bottom) continue;
    const at = inRegion(click.at, region, scaled);
    const column = Math.min(scaled.width - 1, Math.round(at.x));
    const row = Math.min(scaled.height - 1, Math.round(at.y));
    found.set(row * scaled.width + column, { ...click, at: pixel(column, row) });
  }
  return [...found.values()];
}

/** A region's probabilities in the whole image, 0 beyond. */
function pasted(scaled: Plane, region: Region, { width, height }: Size): Plane {
  const part = resizePlane(scaled, sizeOf(region));
  const data = new Float32Array(width * height);
  for (let y = 0; y < part.height; y++) {
    const row = part.data.subarray(y * part.width, (y + 1) * part.width);
    data.set(row, (region.top + y) * width + region.left);
  }
  return { width, height, data };
}
