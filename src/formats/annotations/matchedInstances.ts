/** Which instance of an image is which of another reading of it. */

import { runLengthsIou } from "../../image/runLengthsOverlap.ts";
import type { AnnotatedImage, Instance } from "./annotations.ts";
import { boxOf, runsOf } from "./region.ts";

/**
 * For each instance before, the one after that it became, or `undefined`. Of those with its category
 * the one with its pixels, or the most of them; each is taken once.
 */
export function matchedInstances(
  before: AnnotatedImage,
  after: AnnotatedImage | undefined,
): readonly (Instance | undefined)[] {
  if (after === undefined) return before.instances.map(() => undefined);
  const free = new Set(after.instances);
  // Formats mostly keep the order: what stands at its place and agrees is taken at once.
  const sure = before.instances.map((instance, i) => {
    const candidate = after.instances[i];
    if (candidate === undefined || likeness(instance, candidate, before) < 1) return undefined;
    free.delete(candidate);
    return candidate;
  });
  return before.instances.map((instance, i) => sure[i] ?? bestOf(instance, free, before));
}

function bestOf(
  instance: Instance,
  free: Set<Instance>,
  image: AnnotatedImage,
): Instance | undefined {
  let [best, most] = [undefined as Instance | undefined, 0];
  for (const candidate of free) {
    const like = likeness(instance, candidate, image);
    if (like > most) [best, most] = [candidate, like];
  }
  if (best !== undefined) free.delete(best);
  return best;
}

/** 0 to 1: of pixels, and less where the category differs. */
function likeness(a: Instance, b: Instance, image: AnnotatedImage): number {
  const share = a.category === b.category ? 1 : 1 / 2;
  if (a.region.kind === "points" || b.region.kind === "points") {
    return a.region.kind === b.region.kind
      ? share * (JSON.stringify(a.region) === JSON.stringify(b.region) ? 1 : 1 / 2)
      : 0;
  }
  if (!boxesMeet(a, b)) return isNothing(a) && isNothing(b) ? share : 0;
  return share * runLengthsIou(runsOf(a.region, image), runsOf(b.region, image));
}

function isNothing({ region }: Instance): boolean {
  return boxOf(region) === undefined;
}

function boxesMeet(a: Instance, b: Instance): boolean {
  const [one, other] = [boxOf(a.region), boxOf(b.region)];
  if (one === undefined || other === undefined) return false;
  return (
    one.left <= other.left + other.width &&
    other.left <= one.left + one.width &&
    one.top <= other.top + other.height &&
    other.top <= one.top + one.height
  );
}
