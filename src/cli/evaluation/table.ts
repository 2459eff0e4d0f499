/** A report as lines to read. */

import {
  type Agreement,
  type Comparison,
  type Difference,
  type Interval,
  type Report,
  type SetReport,
  type Spread,
  TARGETS,
} from "../../evaluate/index.ts";

/** Clicks whose mean IoU is told; papers print these. */
const TOLD: readonly number[] = [1, 2, 3, 5, 10, 20];

export function tableOf({ sets, model }: Report): string {
  return Object.entries(sets)
    .map(([name, set]) => `${[`${model} on ${name}`, ...linesOf(set)].join("\n  ")}\n`)
    .join("");
}

function linesOf(set: SetReport): readonly string[] {
  const { miou, falling, violations, latencyMs, skipped } = set;
  const told = TOLD.filter((k) => k <= miou.length);
  return [
    skipped.length === 0
      ? `${set.objects} objects`
      : `${set.objects} objects, ${skipped.length} skipped`,
    ...TARGETS.map(
      (target) =>
        `NoC@${target}  ${set.noc[target].toFixed(2)} ${range(set.intervals.noc[target], 1, 2)}   never reached: ${set.nof[target]}`,
    ),
    `mean IoU after ${told.map((k) => `${k}: ${percent(miou[k - 1])}`).join("  ")}`,
    `boundary IoU after ${told.map((k) => `${k}: ${percent(set.boundaryIou[k - 1])}`).join("  ")}`,
    `after the last click: Brier ${number(set.brier.at(-1))}, calibration error ${number(set.ece.at(-1))}`,
    `falling IoU: ${percent(falling.share)} of clicks, worst ${percent(falling.worst)}; violated clicks: ${percent(violations)}`,
    `open ${times(latencyMs.encode)}, first click ${times(latencyMs.firstClick)}, later clicks ${times(latencyMs.click)}`,
    `hash ${set.hash}`,
  ];
}

/** So many skipped objects of a set are told one by one. */
const SKIPPED_TOLD = 10;

/** Which objects are not in the numbers, and why; nothing where all are. */
export function skippedLines({ sets }: Report): string {
  return Object.entries(sets)
    .filter(([, { skipped }]) => skipped.length > 0)
    .map(([name, { skipped }]) => {
      const rest = skipped.length - SKIPPED_TOLD;
      return `${[
        `${name}: ${skipped.length} skipped, which are not in the numbers`,
        ...skipped.slice(0, SKIPPED_TOLD).map(({ id, reason }) => `${id}: ${reason}`),
        ...(rest > 0 ? [`and ${rest} more, all in the report of --json`] : []),
      ].join("\n  ")}\n`;
    })
    .join("");
}

/** What differs from another report, in one set. */
export function comparisonLines(name: string, other: string, comparison: Comparison): string {
  const { objects, unpaired, noc, miou, masks } = comparison;
  const told = TOLD.filter((k) => k <= miou.length);
  const difference = ({ mean, interval }: Difference, times: number, digits: number) =>
    `${signed(mean, times, digits)} ${range(interval, times, digits)}`;
  return `${[
    `${name}, less ${other}, on ${objects} objects${unpaired === 0 ? "" : ` (${unpaired} in only one of them)`}`,
    ...TARGETS.map((target) => `NoC@${target}  ${difference(noc[target], 1, 2)}`),
    ...told.map((k) => `IoU after ${k}, in %: ${difference(miou[k - 1], 100, 1)}`),
    agreementLine(masks),
  ].join("\n  ")}\n`;
}

/** How alike the last masks are, to the digit that a pixel changes. */
export function agreementLine({ objects, equal, maskIou }: Agreement): string {
  return `last masks: ${equal} of ${objects} equal (${percent(equal / objects)}), mean IoU with each other ${(100 * maskIou).toFixed(3)} %`;
}

function range(interval: Interval | null, times: number, digits: number): string {
  if (interval === null) return "";
  return `[${interval.map((end) => (times * end).toFixed(digits)).join(", ")}]`;
}

function signed(value: number | null, times: number, digits: number): string {
  if (value === null) return "–";
  return `${value > 0 ? "+" : ""}${(times * value).toFixed(digits)}`;
}

function percent(part: number | null | undefined): string {
  return typeof part === "number" ? `${(100 * part).toFixed(1)} %` : "–";
}

function number(value: number | null | undefined): string {
  return typeof value === "number" ? value.toFixed(4) : "–";
}

function times(spread: Spread | null): string {
  if (spread === null) return "–";
  return `${spread.median.toFixed(0)} ms (95 %: ${spread.p95.toFixed(0)} ms)`;
}
