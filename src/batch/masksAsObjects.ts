/** Masks in files as objects to start from: each label is one. */

import type { NamedMask } from "../formats/namedMask.ts";
import { runLengthString } from "../image/runLengthString.ts";
import { runLengths } from "../image/runLengths.ts";
import type { JobObject } from "./job.ts";

/** A label without a name is called `object` where it is the only one, else by its number. */
export function masksAsObjects(masks: readonly NamedMask[]): readonly JobObject[] {
  return masks.flatMap(({ mask, labels }) => {
    const values = [...new Set(mask.data)].filter((value) => value !== 0).sort((a, b) => a - b);
    const isAlone = values.length === 1 && values[0] === 1;
    return values.map((value): JobObject => {
      const { width, height, counts } = runLengths(mask, value);
      return {
        category: labels?.[value] ?? (isAlone ? "object" : `label ${value}`),
        mask: { size: [height, width], counts: runLengthString(counts) },
      };
    });
  });
}
