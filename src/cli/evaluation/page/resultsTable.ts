/** Reports as a page of Markdown: one table per set, ours with intervals, and published numbers. */

import { type Report, type SetReport, TARGETS, type Target } from "../../../evaluate/index.ts";
import { runNames } from "../runNames.ts";
import { protocolLine } from "./htmlReport.ts";
import { publishedClicks } from "./published.ts";

export function resultsTable(reports: readonly Report[]): string {
  const sets = [...new Set(reports.flatMap((report) => Object.keys(report.sets)))];
  const [first] = reports;
  return `${[
    "# Results",
    "Written by `maskwise evaluate --table`; not to be edited by hand.",
    "NoC@t is the mean number of clicks to reach t % IoU, at most as many as were made; in brackets its 95 % bootstrap interval. NoF@90 counts objects that never reached 90 %. IoU and boundary IoU are means after one click and after the last. Milliseconds a click are medians on the machine of the run and beside whatever else it did; [speed.md](speed.md) compares times within one run.",
    `Protocol: ${protocolLine(first)}. **Our numbers are of the objects counted in the tables, which for the standard sets is their public half; published ones are of the whole sets, by their authors' own protocols.**`,
    ...sets.map((set) => setTable(set, reports)),
    "## Sources",
    [...new Set(publishedClicks.map(({ name, source }) => `- ${name}: ${source}`))].join("\n"),
  ].join("\n\n")}\n`;
}

function setTable(name: string, reports: readonly Report[]): string {
  const runs = runNames(reports);
  const ours = reports.flatMap(({ sets, complete }, at) => {
    const set = sets[name];
    const run = runs[at];
    return set === undefined ? [] : [ourRow(complete ? run : `${run} (not complete)`, set)];
  });
  const theirs = publishedClicks.flatMap(({ name: peer, training, noc90 }) => {
    const value = noc90[name];
    return value === undefined
      ? []
      : [`| ${peer}, trained on ${training} | whole set | | | ${value.toFixed(2)} | | | | | | |`];
  });
  return [
    `## ${name}\n`,
    `| | objects | ${TARGETS.map((target) => `NoC@${target}`).join(" | ")} | NoF@90 | IoU@1 | IoU, last | boundary, last | ms a click |`,
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...ours,
    ...theirs,
  ].join("\n");
}

function ourRow(model: string, set: SetReport): string {
  const { noc, nof, miou, boundaryIou, latencyMs, intervals, objects } = set;
  const clicks = (target: Target) => {
    const interval = intervals.noc[target];
    const range = interval === null ? "" : ` [${interval.map((end) => end.toFixed(2)).join(", ")}]`;
    return `${noc[target].toFixed(2)}${range}`;
  };
  const cells = [
    `**${model}**`,
    objects,
    ...TARGETS.map(clicks),
    nof["90"],
    percent(miou[0]),
    percent(miou.at(-1)),
    percent(boundaryIou.at(-1)),
    latencyMs.click === null ? "–" : latencyMs.click.median.toFixed(0),
  ];
  return `| ${cells.join(" | ")} |`;
}

function percent(part: number | null | undefined): string {
  return typeof part === "number" ? (100 * part).toFixed(1) : "–";
}
