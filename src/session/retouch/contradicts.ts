/** What was said and does not hold any more once an edit was made over it. */

import { pixelsOf } from "../../clicks/pinnedPixels.ts";
import type { Prompt } from "../../clicks/prompts.ts";
import type { Size } from "../../image/pixels.ts";
import { footprint, has, isPlaced } from "./footprint.ts";
import { type HandEdit, labelOf } from "./handEdit.ts";

/**
 * The prompts, of those given, that fix a pixel to another label than a newer edit gives it. Edits
 * of a whole label contradict nothing: they go around what was said.
 */
export function contradicted(
  edit: HandEdit,
  prompts: ReadonlyMap<string, Prompt>,
  size: Size,
): readonly (readonly [id: string, prompt: Prompt])[] {
  if (!isPlaced(edit) || prompts.size === 0) return [];
  const label = labelOf(edit);
  const only = "only" in edit ? edit.only : undefined;
  const concerned = [...prompts].filter(([, { says }]) =>
    says === label ? edit.kind === "polygons" : only === undefined || says === only,
  );
  if (concerned.length === 0) return [];
  const print = footprint(edit, size);
  return concerned.filter(([, prompt]) => {
    const wanted = prompt.says !== label;
    for (const at of pixelsOf(prompt, size)) {
      const [x, y] = [at % size.width, Math.floor(at / size.width)];
      if ((print !== undefined && has(print, x, y)) === wanted) return true;
    }
    return false;
  });
}
