/**
 * Which α, β, π, θ and how many EM steps a trained network answers best with, by cross-validation on
 * pictures that were held out of its training.
 *
 *     npx tsx bench/crossValidation.ts recipes/small.yaml weights/small.safetensors train=PATH --objects 100 --table FILE
 *
 * `--only "β of the classifier,θ of the classifier"` changes no others.
 *
 * Each quantity is changed by itself, the others as they were learnt. Objects are split into folds: the
 * value that is best on all folds but one is measured on that one, so that the gain that is told is of
 * pictures that had no say in the choice. What is best: the mean IoU over all clicks.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { collectionsIn, type Drawn, drawObject } from "../src/data/index.ts";
import {
  annotate,
  bootstrapInterval,
  iouOf,
  type Sample,
  sampleOf,
} from "../src/evaluate/index.ts";
import {
  type NetworkConfiguration,
  type NetworkFile,
  networkModel,
  readNetworkFile,
} from "../src/models/index.ts";
import { dataFiles, openDevice } from "../src/node/index.ts";
import { openPicture } from "../src/session/index.ts";
import { type HostTensor, randomNumbers, tensor } from "../src/tensor/index.ts";
import { readRecipe, sourcesOf } from "../src/train/index.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    objects: { type: "string", default: "100" },
    clicks: { type: "string", default: "10" },
    folds: { type: "string", default: "5" },
    threads: { type: "string", default: "2" },
    only: { type: "string" },
    table: { type: "string" },
  },
});
const [recipePath, weightsPath, ...given] = positionals;
const FOLDS = Number(options.folds);
const recipe = readRecipe(recipePath, readFileSync(recipePath, "utf8"));
const learnt = readNetworkFile(readFileSync(weightsPath));

type Change = (from: NetworkFile) => Pick<NetworkFile, "configuration" | "numbers">;

interface Quantity {
  readonly name: string;
  /** By what it is called in the table; the first is as it was learnt. */
  readonly values: Readonly<Record<string, Change>>;
}

const FACTORS = [0.25, 0.5, 2, 4];

const all: readonly Quantity[] = [
  steps("EM steps of value propagation", [0, 1, 2, 3, 5], (own, valueSteps) => ({
    ...own,
    classifier: { ...own.classifier, valueSteps },
  })),
  precision("α of the classifier", "classifier.precisions.keyPrecision"),
  precision("β of the classifier", "classifier.precisions.valuePrecision", [...FACTORS, 8, 16]),
  precision("θ of the classifier", "classifier.precisions.valuePriorPrecision"),
  factors("log π of the classifier", [0, 0.5, 2], (factor) =>
    changed(/^classifier\.(height|width)Table$/, (value) => factor * value),
  ),
  steps("EM steps of key adaptation", [0, 1, 2, 3], (own, keySteps) => ({
    ...own,
    attention: { ...own.attention, keySteps },
  })),
  precision(
    "α of the backbone's attention",
    /^attention\.\d+\.spans\.\w+\.precisions\.keyPrecision$/,
  ),
  precision(
    "θ of the backbone's attention",
    /^attention\.\d+\.spans\.\w+\.precisions\.keyPriorPrecision$/,
  ),
];

const names = options.only?.split(",") ?? all.map(({ name }) => name);
const quantities = names.map((wanted) => {
  const found = all.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  throw new RangeError(
    `--only: expected names of ${all.map(({ name }) => `"${name}"`).join(", ")}, got "${wanted}".`,
  );
});

function steps(
  name: string,
  counts: readonly number[],
  change: (own: NetworkConfiguration, count: number) => NetworkConfiguration,
): Quantity {
  const values = counts.map((count) => [
    `${count}`,
    ({ configuration, numbers }: NetworkFile) => ({
      configuration: change(configuration, count),
      numbers,
    }),
  ]);
  return { name, values: { learnt: (own) => own, ...Object.fromEntries(values) } };
}

function factors(
  name: string,
  by: readonly number[],
  change: (factor: number) => Change,
): Quantity {
  const values = by.map((factor) => [`× ${factor}`, change(factor)]);
  return { name, values: { learnt: (own) => own, ...Object.fromEntries(values) } };
}

/** Kept as the number whose softplus it is. */
function precision(
  name: string,
  parameter: string | RegExp,
  by: readonly number[] = FACTORS,
): Quantity {
  return factors(name, by, (factor) =>
    changed(parameter, (raw) => {
      const wanted = factor * (Math.max(raw, 0) + Math.log1p(Math.exp(-Math.abs(raw))));
      return wanted + Math.log(-Math.expm1(-wanted));
    }),
  );
}

function changed(parameter: string | RegExp, change: (value: number) => number): Change {
  const isIt = (path: string) =>
    typeof parameter === "string" ? path === parameter : parameter.test(path);
  return ({ configuration, numbers }) => {
    if (!Object.keys(numbers).some(isIt)) {
      throw new RangeError(`crossValidation: expected a parameter ${parameter}, got none.`);
    }
    const own = Object.entries(numbers).map(([path, value]): [string, HostTensor] => [
      path,
      isIt(path) ? mapped(value, change) : value,
    ]);
    return { configuration, numbers: Object.fromEntries(own) };
  };
}

function mapped({ axes, data }: HostTensor, change: (value: number) => number): HostTensor {
  const sizes = Object.fromEntries(axes.map(({ name, size }) => [name, size]));
  return tensor(sizes, Float32Array.from(data, change));
}

async function heldOut(): Promise<readonly Drawn[]> {
  const data = given.map(async (each) => {
    const [name, folder] = each.split("=");
    return [name, await collectionsIn(dataFiles(folder))] as const;
  });
  const split = sourcesOf(recipe, Object.fromEntries(await Promise.all(data)));
  const objects = new Map<string, Drawn>();
  const random = randomNumbers(recipe.seed);
  for (let draw = 0; draw < Number(options.objects); draw++) {
    const object = await drawObject(split.heldOut, random, () => {});
    objects.set(object.id, object);
  }
  return [...objects.values()];
}

/** For each object its mean IoU over all clicks. */
async function scores(objects: readonly Drawn[], change: Change): Promise<readonly number[]> {
  const { configuration, numbers } = change(learnt);
  const model = networkModel(configuration, numbers);
  const device = await openDevice("cpu", { threads: Number(options.threads) });
  const found: number[] = [];
  try {
    for (const { id, ...object } of objects) {
      const annotation = await annotate(
        object,
        (picture) => openPicture(picture, model, { run: device.run }),
        { clicks: Number(options.clicks), now: () => 0 },
      );
      found.push(meanIou(sampleOf(id, annotation)));
    }
  } finally {
    await device.dispose();
  }
  return found;
}

function meanIou({ overlaps }: Sample): number {
  return mean(overlaps.map((pair) => iouOf(pair) ?? 0));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What choosing by the other folds gains on each object. */
function crossValidated(byValue: Readonly<Record<string, readonly number[]>>): readonly number[] {
  const { learnt: before } = byValue;
  return before.map((own, object) => {
    const others = (all: readonly number[]) =>
      mean(all.filter((_, other) => other % FOLDS !== object % FOLDS));
    const [best] = Object.values(byValue).toSorted((a, b) => others(b) - others(a));
    return best[object] - own;
  });
}

const objects = await heldOut();
console.error(
  `${objects.length} held-out objects, ${options.clicks} clicks on each, ${FOLDS} folds`,
);
const asLearnt = await scores(objects, (own) => own);
const lines = [
  `| Changed by itself | Mean IoU over clicks 1 to ${options.clicks}, by value | Gain when chosen on other folds, with its interval |`,
  "| --- | --- | --- |",
];
for (const { name, values } of quantities) {
  const byValue: Record<string, readonly number[]> = { learnt: asLearnt };
  for (const [value, change] of Object.entries(values)) {
    if (value !== "learnt") byValue[value] = await scores(objects, change);
  }
  const gains = crossValidated(byValue);
  const interval = bootstrapInterval(gains, randomNumbers(1)) ?? [0, 0];
  const percent = (share: number) => (100 * share).toFixed(2);
  const told = Object.entries(byValue).map(([value, all]) => `${value}: ${percent(mean(all))}`);
  lines.push(
    `| ${name} | ${told.join(", ")} | ${percent(mean(gains))} (${interval.map(percent).join(" … ")}) |`,
  );
  console.error(lines.at(-1));
}
const table = `${lines.join("\n")}\n`;
if (options.table !== undefined) writeFileSync(options.table, table);
console.log(table);
