/**
 * What it is worth to tell the network its own mask of the click before, as RITM does: `small` as a model
 * that is evaluated beside `small` itself. Its masks depend on the order of clicks, so this is no model
 * to annotate with.
 *
 *     maskwise evaluate --data SETS --set grabcut,berkeley --json small.json
 *     npx tsx src/cli/main.ts evaluate --data SETS --set grabcut,berkeley --device cpu \
 *       --model bench/previousMask.ts --compare small.json
 */

import type { Mask } from "../src/image/index.ts";
import type { Belief, Model } from "../src/models/index.ts";
import { openModel } from "../src/node/index.ts";

const small = await openModel("small");

/** The middle of what it was trained with: believed by p / (1 + p) = 0.75. */
const PRECISION = 3;

export const model: Model = {
  name: "small, told its mask before",
  encode: async (picture, context) => {
    const encoding = await small.encode(picture, context);
    let before: Mask | undefined;
    return {
      ...encoding,
      answer: async (question, own) => {
        const start = before && { mask: before, precision: PRECISION };
        const belief = await encoding.answer({ ...question, ...(start && { start }) }, own);
        before = maskOf(belief);
        return belief;
      },
    };
  },
};

/** Of two labels the more probable one. */
function maskOf(belief: Belief): Mask {
  const { width, height } = belief;
  const object = belief.rows(0, height).subarray(width * height);
  return { width, height, data: Uint8Array.from(object, (share) => (share > 0.5 ? 1 : 0)) };
}
