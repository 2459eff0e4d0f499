/**
 * How rarely a click could make a mask worse if all that does not hang together with it were held fast, as
 * FocalClick merges masks: `small` as a model that is evaluated beside `small` itself. Its masks depend
 * on the order of clicks, so this is no model to annotate with.
 *
 *     maskwise evaluate --data SETS --set grabcut --json small.json
 *     AFTER=1 npx tsx src/cli/main.ts evaluate --data SETS --set grabcut --device cpu \
 *       --model bench/mergedMask.ts --compare small.json
 *
 * `AFTER`: so many clicks may change all of the mask. @default 1
 */

import { components, type PixelPoint, type Plane } from "../src/image/index.ts";
import type { Model } from "../src/models/index.ts";
import { beliefOf, clicksOf } from "../src/models/oneObject.ts";
import { openModel } from "../src/node/index.ts";

const { AFTER = "1" } = process.env;
const small = await openModel("small");

export const model: Model = {
  name: "small, merged into its mask before",
  encode: async (picture, context) => {
    const encoding = await small.encode(picture, context);
    let before: Plane | undefined;
    let known = new Set<string>();
    return {
      ...encoding,
      answer: async (question, own) => {
        const { width, height, rows } = await encoding.answer(question, own);
        const data = rows(0, height).subarray(width * height);
        const now = { width, height, data };
        const clicks = clicksOf(question, model.name).map(({ at }) => at);
        const last = clicks.find((at) => !known.has(JSON.stringify(at)));
        known = new Set(clicks.map((at) => JSON.stringify(at)));
        before = before && last && clicks.length > Number(AFTER) ? merged(before, now, last) : now;
        return beliefOf(question, before);
      },
    };
  },
};

/** The plane before, with what changed of its mask in one piece with a pixel. */
function merged(before: Plane, { width, height, data }: Plane, at: PixelPoint): Plane {
  const changed = Uint8Array.from(data, (now, i) => (now > 0.5 === before.data[i] > 0.5 ? 0 : 1));
  const pieces = components({ width, height, data: changed }, 8).data;
  const own = pieces[Math.round(at.y) * width + Math.round(at.x)];
  const held = data.map((now, i) => (own !== 0 && pieces[i] === own ? now : before.data[i]));
  return { width, height, data: held };
}
