/**
 * Evaluate a model on the standard sets with simulated clicks (no early stop, no zoom, no flip;
 * masks by the most probable label; errors measured over all pixels, not per component).
 *
 *     npx tsx bench/evaluate.ts --set grabcut --model colour --max 10
 *
 * One line of JSON per set on stdout, a table and the progress on stderr.
 */

import { availableParallelism, cpus } from "node:os";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import {
  conventions,
  type EvaluationRow,
  evaluationRows,
  evaluationSamples,
} from "../src/data/index.ts";
import {
  type Annotation,
  annotate,
  type Spread,
  type Summary,
  summary,
} from "../src/evaluate/index.ts";
import { DEFAULT_MODEL, model } from "../src/models/index.ts";
import { interpreterDevice } from "../src/runtime/index.ts";
import { openPicture } from "../src/session/index.ts";
import { filesOf } from "./support/files.ts";

const { values: options } = parseArgs({
  options: {
    set: { type: "string", multiple: true, default: Object.keys(conventions) },
    model: { type: "string", default: DEFAULT_MODEL },
    max: { type: "string", default: "Infinity" },
    clicks: { type: "string", default: "20" },
    data: { type: "string", default: "../shared/data/evaluation" },
  },
});

const folder = resolve(import.meta.dirname, "..", options.data);
const edge = filesOf(folder);

const segmentingModel = model(options.model);
const { run } = interpreterDevice();
const rows = await evaluationRows(edge);
for (const set of options.set) {
  const chosen = rows.filter((row) => row.set === set).slice(0, Number(options.max));
  if (chosen.length === 0)
    throw new RangeError(`evaluate: expected a set that is there, got "${set}".`);
  const started = performance.now();
  const annotations = await annotateAll(chosen);
  const seconds = (performance.now() - started) / 1000;
  const clicks = annotations.reduce((total, one) => total + one.clicks.length, 0);
  const report = {
    set,
    model: segmentingModel.name,
    clicks: Number(options.clicks),
    ...summary(annotations),
    secondsPerClick: seconds / clicks,
    protocol: { zoom: false, flip: false, threshold: "most probable", earlyStop: false },
    machine: `${cpus()[0]?.model ?? "?"}, ${availableParallelism()} cores, Node ${process.version}`,
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
  process.stderr.write(`${table(set, report)}\n`);
}

async function annotateAll(chosen: readonly EvaluationRow[]): Promise<readonly Annotation[]> {
  const annotations: Annotation[] = [];
  for await (const sample of evaluationSamples(chosen, edge)) {
    const one = await annotate(
      sample,
      (picture) => openPicture(picture, segmentingModel, { run }),
      {
        clicks: Number(options.clicks),
        now: () => performance.now(),
      },
    );
    annotations.push(one);
    const { targets, meanIou } = summary([one]);
    const needed = targets.map(({ mean, failures }) => (failures > 0 ? "–" : mean)).join(" / ");
    process.stderr.write(
      `${annotations.length}/${chosen.length} ${sample.id}: ${needed} clicks to 80 / 85 / 90 / 95 %, last IoU ${percent(meanIou.at(-1))}\n`,
    );
  }
  return annotations;
}

function table(
  set: string,
  { objects, targets, meanIou, falls, violations, latency }: Summary,
): string {
  const rowsOfTable = [
    `${set}: ${objects} objects`,
    ...targets.map(
      (target) =>
        `  NoC@${target.percent}  ${target.mean.toFixed(2)}   never reached: ${target.failures}`,
    ),
    `  mIoU after ${[1, 2, 3, 5, 10, 20]
      .filter((k) => k <= meanIou.length)
      .map((k) => `${k}: ${percent(meanIou[k - 1])}`)
      .join("  ")}`,
    `  falling IoU: ${percent(falls.share)} of clicks, worst ${percent(falls.worst)}; violated clicks: ${percent(violations)}`,
    `  open ${times(latency.open)}  first click ${times(latency.firstClick)}  later clicks ${times(latency.laterClicks)}`,
  ];
  return rowsOfTable.join("\n");
}

function percent(part: number | undefined): string {
  return part === undefined ? "–" : `${(100 * part).toFixed(1)} %`;
}

function times(spread: Spread | undefined): string {
  if (spread === undefined) return "–";
  return `${spread.median.toFixed(0)} ms (p95 ${spread.p95.toFixed(0)})`;
}
