/**
 * What each part of the network is worth: `tiny` is trained by one recipe as it is and with one part
 * changed at a time, and all are evaluated on the same objects.
 *
 *     npx tsx bench/ablations.ts --data train=PATH --sets PATH --encoder mobilenet.safetensors --out runs/ablations \
 *       --seeds 1,2,3 --table table.md --figures figures
 *
 * With `--weights FILE` nothing is trained: that network's own numbers answer, with other steps of inference
 * (`--only reference,keys-0,values-0`).
 *
 * Runs lie in `OUT/NAME-SEED`; what is there is not made again, and one that was stopped goes on. Differences
 * are of the same object and seed, averaged over seeds; intervals are those of the bootstrap over objects.
 */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { parse, stringify } from "yaml";
import { figureFiles } from "../src/cli/evaluation/page/figureFiles.ts";
import {
  bootstrapInterval,
  clicksNeeded,
  iouOf,
  type Report,
  reportSchema,
  type Sample,
} from "../src/evaluate/index.ts";
import {
  CONFIGURATIONS,
  type NetworkConfiguration,
  readNetworkFile,
  writeNetworkFile,
} from "../src/models/index.ts";
import { writeFilesAtomically } from "../src/node/index.ts";
import { randomNumbers } from "../src/tensor/index.ts";

const { values: options } = parseArgs({
  options: {
    data: { type: "string", multiple: true },
    sets: { type: "string", default: "" },
    encoder: { type: "string", default: "" },
    weights: { type: "string" },
    out: { type: "string", default: "runs/ablations" },
    seeds: { type: "string", default: "1" },
    only: { type: "string" },
    recipe: { type: "string", default: "recipes/ablation.yaml" },
    table: { type: "string" },
    /** A folder for the figures of the first seed. */
    figures: { type: "string" },
  },
});

const SETS = "grabcut,berkeley";
interface Change {
  readonly attention?: Partial<NetworkConfiguration["attention"]>;
  readonly interaction?: Partial<NetworkConfiguration["interaction"]>;
  readonly valueSteps?: number;
  /** No corrective classifier. */
  readonly linear?: true;
}

const keys = (keySteps: number): Change => ({ attention: { keySteps } });

/** What is changed, by the name of the network; the first is as it is. */
const VARIANTS: Readonly<Record<string, { readonly says: string; readonly change: Change }>> = {
  reference: {
    says: "as it is: keys adapt in 1 step, values propagate in 1",
    change: {},
  },
  "keys-0": { says: "keys do not adapt: dot-product attention", change: keys(0) },
  "keys-2": { says: "keys adapt in 2 steps", change: keys(2) },
  "values-0": { says: "values do not propagate", change: { valueSteps: 0 } },
  "values-2": { says: "values propagate in 2 steps", change: { valueSteps: 2 } },
  "values-3": { says: "values propagate in 3 steps", change: { valueSteps: 3 } },
  neither: {
    says: "neither keys nor values",
    change: { ...keys(0), valueSteps: 0 },
  },
  linear: { says: "no corrective classifier", change: { linear: true } },
  "uniform-0": {
    says: "uniform prior, keys do not adapt",
    change: { attention: { prior: "uniform", keySteps: 0 } },
  },
  "uniform-1": {
    says: "uniform prior, keys adapt in 1 step",
    change: { attention: { prior: "uniform", keySteps: 1 } },
  },
  "positions-full": { says: "full positions", change: { attention: { positions: "full" } } },
  "positions-none": { says: "no positions", change: { attention: { positions: "none" } } },
  axial: { says: "axial attention", change: { attention: { span: "axial" } } },
  early: {
    says: "clicks enter early",
    change: { interaction: { entry: "early" } },
  },
};

const names = options.only?.split(",") ?? Object.keys(VARIANTS);
const seeds = options.seeds.split(",").map(Number);

/** Train and evaluate, as far as that has not been done. */
function reportOf(name: string, seed: number): Report {
  const folder = `${options.out}/${name}-${seed}`;
  const report = `${folder}/report.json`;
  if (!isComplete(report)) {
    mkdirSync(folder, { recursive: true });
    const weights = `${folder}/weights.safetensors`;
    if (options.weights === undefined) train(name, seed, folder);
    else writeFileSync(weights, changed(options.weights, VARIANTS[name].change));
    maskwise([
      ...["evaluate", "--data", options.sets, "--set", SETS, "--model", weights],
      ...["--json", report, ...(existsSync(report) ? ["--resume"] : [])],
    ]);
  }
  return readReport(report);
}

function train(name: string, seed: number, folder: string): void {
  const recipe = `${options.out}/${name}-${seed}.yaml`;
  const { tiny } = CONFIGURATIONS;
  const { change } = VARIANTS[name];
  const network = {
    ...{ name: `tiny-${name}`, like: "tiny", attention: change.attention ?? {} },
    ...{ interaction: change.interaction ?? {}, classifier: applied(tiny, change).classifier },
  };
  const own = { ...parse(readFileSync(options.recipe, "utf8")), seed, network };
  writeFileSync(recipe, stringify(own));
  const begun = existsSync(`${folder}/checkpoint.safetensors`);
  maskwise([
    "train",
    recipe,
    ...(options.data ?? []).flatMap((each) => ["--data", each]),
    ...["--out", folder],
    ...(begun ? ["--resume"] : ["--encoder", options.encoder]),
  ]);
}

/** The same numbers in a network that infers otherwise. */
function changed(path: string, change: Change): Uint8Array {
  const { configuration, numbers, notes } = readNetworkFile(readFileSync(path));
  return writeNetworkFile({ configuration: applied(configuration, change), numbers, notes });
}

function applied(own: NetworkConfiguration, change: Change): NetworkConfiguration {
  const { attention, interaction, linear, valueSteps } = change;
  const steps = valueSteps === undefined ? {} : { valueSteps };
  return {
    ...own,
    attention: { ...own.attention, ...attention },
    interaction: { ...own.interaction, ...interaction },
    classifier: linear ? { kind: "linear" } : { ...own.classifier, ...steps },
  };
}

function readReport(path: string): Report {
  return reportSchema.parse(JSON.parse(readFileSync(path, "utf8")));
}

function isComplete(report: string): boolean {
  return existsSync(report) && readReport(report).complete;
}

function maskwise(args: readonly string[]): void {
  const { status } = spawnSync("npx", ["tsx", "src/cli/main.ts", ...args], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error(`ablations: maskwise ${args.join(" ")} ended with ${status}.`);
}

/** Objects of all sets, by set and name. */
function samplesOf({ sets }: Report): ReadonlyMap<string, Sample> {
  const all = Object.entries(sets).flatMap(([set, { samples }]) =>
    samples.map((sample): [string, Sample] => [`${set}/${sample.id}`, sample]),
  );
  return new Map(all);
}

const reports = new Map<string, Report>();
for (const seed of seeds) {
  for (const name of names) {
    console.error(`${name}, seed ${seed}`);
    reports.set(`${name}-${seed}`, reportOf(name, seed));
  }
}
const runs = new Map([...reports].map(([run, report]) => [run, samplesOf(report)]));
if (options.figures !== undefined) {
  const [reference, ...others] = names.flatMap((name) => {
    const report = reports.get(`${name}-${seeds[0]}`);
    return report === undefined ? [] : [{ ...report, model: name }];
  });
  mkdirSync(options.figures, { recursive: true });
  await writeFilesAtomically(await figureFiles(options.figures, reference, others));
}

/** Of an object: how well it went. */
type Measure = (sample: Sample) => number;

/** Mean IoU after clicks `from` to `to`. */
function meanIou(from: number, to: number): Measure {
  return ({ overlaps }) => mean(overlaps.slice(from - 1, to).map((pair) => iouOf(pair) ?? 0));
}

/** What the clicks `from` to `to` added to IoU, each. */
function meanGain(from: number, to: number): Measure {
  return ({ overlaps }) =>
    ((iouOf(overlaps[to - 1]) ?? 0) - (iouOf(overlaps[from - 2]) ?? 0)) / (to - from + 1);
}

/** Averages over seeds, for every object. */
function byObject(name: string, measure: Measure): readonly number[] {
  const [first, ...others] = seeds.map((seed) => runs.get(`${name}-${seed}`) ?? new Map());
  return [...first].map(([id, sample]) =>
    mean([sample, ...others.map((samples) => samples.get(id))].map(measure)),
  );
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

interface Column {
  readonly title: string;
  readonly measure: Measure;
  readonly digits: number;
  readonly scale: number;
}

const COLUMNS: readonly Column[] = [
  { title: "IoU, clicks 1 to 2", measure: meanIou(1, 2), digits: 1, scale: 100 },
  { title: "IoU, clicks 3 to 20", measure: meanIou(3, 20), digits: 1, scale: 100 },
  { title: "IoU gain a click, 2 to 5", measure: meanGain(2, 5), digits: 2, scale: 100 },
  { title: "NoC@90", measure: (sample) => clicksNeeded("90", [sample])[0], digits: 2, scale: 1 },
];

/** The reference as it is; others by how they differ from it, with intervals. */
function cellOf(name: string, { measure, digits, scale }: Column): string {
  const [reference] = names;
  const own = byObject(name, measure);
  if (name === reference) return (scale * mean(own)).toFixed(digits);
  const before = byObject(reference, measure);
  const differences = own.map((value, object) => scale * (value - before[object]));
  const [from, to] = bootstrapInterval(differences, randomNumbers(1)) ?? [0, 0];
  const signed = (value: number) => `${value > 0 ? "+" : ""}${value.toFixed(digits)}`;
  const told = `${signed(mean(differences))} (${signed(from)} … ${signed(to)})`;
  return from > 0 || to < 0 ? `**${told}**` : told;
}

const SHOWN = [1, 2, 3, 5, 10, 20];
const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
const ruled = (count: number) => row(["---", ...Array.from({ length: count }, () => "---:")]);
const lines = [
  row(["Network", ...COLUMNS.map(({ title }) => title)]),
  ruled(COLUMNS.length),
  ...names.map((name) =>
    row([VARIANTS[name].says, ...COLUMNS.map((column) => cellOf(name, column))]),
  ),
  "",
  row(["Mean IoU in % after click", ...SHOWN.map(String)]),
  ruled(SHOWN.length),
  ...names.map((name) =>
    row([
      VARIANTS[name].says,
      ...SHOWN.map((k) => (100 * mean(byObject(name, meanIou(k, k)))).toFixed(1)),
    ]),
  ),
];
const table = `${lines.join("\n")}\n`;
if (options.table !== undefined) writeFileSync(options.table, table);
console.log(table);
