/** The objects that were found in one picture, as annotations and as the file they wait in. */

import type { AnnotatedImage, Instance } from "../formats/annotations/annotations.ts";
import { areaOf } from "../formats/annotations/region.ts";
import { maskArea } from "../image/maskExtent.ts";
import type { Mask, Size } from "../image/pixels.ts";
import { runLengths } from "../image/runLengths.ts";
import type { Job, JobObject } from "./job.ts";

/**
 * One instance per object that has pixels, the largest first: formats with room for one label per
 * pixel lay later ones over earlier ones, and the small ones must not vanish.
 *
 * @param masks One per object, 1 where it is.
 */
export function imageOfObjects(
  { id, picture }: Job,
  { width, height }: Size,
  objects: readonly JobObject[],
  masks: readonly Mask[],
): AnnotatedImage {
  const instances = objects.flatMap(({ id, category }, index): readonly Instance[] => {
    const mask = masks[index];
    if (maskArea(mask) === 0) return [];
    const region = { kind: "mask", runs: runLengths(mask) } as const;
    return [{ category, region, ...(id !== undefined && { id }) }];
  });
  const areas = new Map(instances.map((instance) => [instance, areaOf(instance.region)]));
  const bySize = [...instances].sort((a, b) => (areas.get(b) ?? 0) - (areas.get(a) ?? 0));
  return { name: picture, width, height, id, instances: bySize };
}
