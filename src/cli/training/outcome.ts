/** What came of a run, in words. */

import { join } from "node:path";
import { type Recipe, stepsOf } from "../../train/index.ts";
import { bestOf, overall } from "./looks.ts";
import type { HeldOutFigures } from "./runFolder.ts";

/** Of a run that reached its end. @param looks First taken first. */
export function outcome(
  { curriculum }: Pick<Recipe, "curriculum">,
  looks: readonly HeldOutFigures[],
): string {
  const done = `${stepsOf(curriculum)} steps done`;
  const last = looks.at(-1);
  if (last === undefined) return `${done}; nothing was held out to look at.`;
  return [
    `${done}; on ${last.objects} held-out objects`,
    `mean IoU ${percent(last.miou[0])} after a click,`,
    `${last.noc["90"].toFixed(2)} clicks to 90 %.`,
  ].join(" ");
}

/**
 * Which weights a run leaves that leaves its best, and how much better they are than those it began
 * with; where none were better, how much worse the last are.
 *
 * @param looks Two or more, that before the first step first.
 * @param out   The folder of the run.
 */
export function kept(looks: readonly HeldOutFigures[], out: string): string {
  const [first] = looks;
  const last = looks[looks.length - 1];
  const best = bestOf(looks);
  const where = `${first.objects} held-out objects`;
  const told =
    best === first
      ? `No look was better than that before the first step: the weights are as they were. After ${last.step} steps, on ${where}:`
      : `After ${last.step} steps, those after ${best.step} did best on ${where} and are kept:`;
  return [
    told,
    ...compared(best === first ? last : best, first),
    `Use them with --model "${join(out, "weights.safetensors")}".`,
  ].join("\n");
}

/** A line for each figure, with what it was before. */
function compared(now: HeldOutFigures, before: HeldOutFigures): readonly string[] {
  const line = (name: string, gain: number, value: (of: HeldOutFigures) => string) =>
    `  ${name}: ${value(now)} (${value(before)} before${gain < 0 ? ": worse now" : ""})`;
  const firstClick = ({ miou }: HeldOutFigures) => miou[0] ?? 0;
  return [
    line("mean IoU after a click", firstClick(now) - firstClick(before), ({ miou }) =>
      percent(miou[0]),
    ),
    line(`mean IoU over ${now.miou.length} clicks`, overall(now) - overall(before), (of) =>
      percent(overall(of)),
    ),
    line("clicks to 90 % IoU", before.noc["90"] - now.noc["90"], ({ noc }) => noc["90"].toFixed(2)),
  ];
}

function percent(share: number | null): string {
  return share === null ? "–" : `${(100 * share).toFixed(1)} %`;
}
