/**
 * Whether edits by hand should tell the model something. After some clicks a person paints over the
 * largest error (a brush twice as wide as the error is deep), then clicks on the next one. The model
 * hears of the clicks alone, or also of a click in the middle of what was painted. Printed is
 * the mean IoU outside of what was painted, after that next click, and on how many objects hearing of
 * the edit was better or worse by more than a tenth of a per cent.
 *
 *     npx tsx bench/editEvidence.ts --data ../shared/data/evaluation --model small --objects 40
 */

import { parseArgs } from "node:util";
import { nextClick } from "../src/clicks/nextClick.ts";
import { dataSetsIn, loadObject } from "../src/data/index.ts";
import { type Mask, pixelSetOf } from "../src/image/index.ts";
import { dataFiles, openDevice, openModel } from "../src/node/index.ts";
import { editByHand, newSession, openPicture, type Session, say } from "../src/session/index.ts";

const { values } = parseArgs({
  options: {
    data: { type: "string", default: "../shared/data/evaluation" },
    model: { type: "string", default: "small" },
    objects: { type: "string", default: "40" },
    clicks: { type: "string", default: "2" },
  },
});

const model = await openModel(values.model);
const { run } = await openDevice("cpu");
const differences: number[] = [];
let [alone, told] = [0, 0];

for (const set of await dataSetsIn(dataFiles(values.data))) {
  if (set.name !== "grabcut" && set.name !== "berkeley") continue;
  let done = 0;
  for await (const item of set.items()) {
    if (done++ >= Number(values.objects)) break;
    const { picture, truth } = await loadObject(item);
    const segmenter = await openPicture(picture, model, { run });
    let session = newSession(truth);
    let mask = (await clicked()).mask;
    for (let i = 0; i < Number(values.clicks); i++) {
      session = say(session, nextClick(truth, mask, []));
      mask = (await clicked()).mask;
    }
    const middle = nextClick(truth, mask, []);
    const painted = underBrush(mask, middle.at.x, middle.at.y);
    const pixels = pixelSetOf(painted);
    if (!pixels) continue;
    const edit = (before: Session) =>
      editByHand(before, { kind: "fill", pixels, says: middle.says });
    const [plain, hinted] = [edit(session), edit(say(session, middle))];
    const next = nextClick(truth, (await segmenter.segment(plain)).mask, []);
    const [a, b] = [
      outside((await segmenter.segment(say(plain, next))).mask, painted),
      outside((await segmenter.segment(say(hinted, next))).mask, painted),
    ];
    alone += a;
    told += b;
    differences.push(b - a);

    function clicked() {
      return segmenter.segment(session);
    }

    /** Pixels that are wrong, under a brush twice as wide as the error is deep there. */
    function underBrush(wrong: Mask, x: number, y: number): Mask {
      let depth = 1;
      const isWrong = (at: number) => truth.data[at] !== 255 && truth.data[at] !== wrong.data[at];
      const nearest = (): number => {
        for (let at = 0, least = Infinity; ; at++) {
          if (at === wrong.data.length) return Math.sqrt(least);
          if (isWrong(at)) continue;
          least = Math.min(
            least,
            ((at % wrong.width) - x) ** 2 + (Math.floor(at / wrong.width) - y) ** 2,
          );
        }
      };
      depth = nearest();
      const data = wrong.data.map((_, at) =>
        Number(
          isWrong(at) &&
            Math.hypot((at % wrong.width) - x, Math.floor(at / wrong.width) - y) < 2 * depth,
        ),
      );
      return { ...wrong, data };
    }

    function outside(answer: Mask, without: Mask): number {
      let [both, either] = [0, 0];
      answer.data.forEach((label, at) => {
        if (without.data[at] === 1 || truth.data[at] === 255) return;
        if (label === 1 && truth.data[at] === 1) both++;
        if (label === 1 || truth.data[at] === 1) either++;
      });
      return either === 0 ? 1 : both / either;
    }
  }
}
const count = differences.length;
const over = (by: (difference: number) => boolean): number => differences.filter(by).length;
console.log(
  `${values.model}: ${count} objects, IoU outside the edit ${(alone / count).toFixed(4)} alone, ${(told / count).toFixed(4)} told; better ${over((d) => d > 0.001)}, worse ${over((d) => d < -0.001)}`,
);
