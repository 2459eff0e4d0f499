import { expect, test } from "vitest";
import { adamW } from "../optimisers/adam.ts";
import { configurationOf } from "./configurationOf.ts";
import { groupOf, rateOf } from "./learning.ts";
import { readRecipe } from "./readRecipe.ts";

const SOUND = `
# Everything that has no default.
network: tiny
sources: { train/duts: 2, own: 1 }
crop: { side: 64, scale: [0.8, 1.5] }
clicks: { most: 4 }
curriculum:
  - { steps: 10, tasks: { first: 1 } } # the easy part
  - { steps: 20, tasks: { loop: 1 } }
batch: 2
loss: {}
optimiser: { name: adamW, rate: 0.01 }
`;

function faultOf(change: (sound: string) => string): string {
  try {
    readRecipe("r.yaml", change(SOUND));
  } catch (error) {
    return (error as Error).message;
  }
  return "none";
}

test("a recipe with comments is read, and what it leaves out has defaults", () => {
  const recipe = readRecipe("r.yaml", SOUND);
  expect(recipe.curriculum.map(({ steps }) => steps)).toEqual([10, 20]);
  expect([recipe.seed, recipe.loss.focal, recipe.crop.flip, recipe.maxNorm]).toEqual([
    1, 1, 0.5, 1,
  ]);
});

test("JSON is a recipe, too", () => {
  const recipe = readRecipe("r.yaml", SOUND);
  expect(readRecipe("r.json", JSON.stringify(recipe))).toEqual(recipe);
});

test("faults are told with the path to each", () => {
  expect(faultOf((sound) => `${sound}\nbatches: 3`)).toBe(
    'r.yaml: expected a recipe, got the recipe: Unrecognized key: "batches".',
  );
  expect(faultOf((sound) => sound.replace("side: 64", "side: 4"))).toMatch(/got crop\.side: /);
  expect(faultOf((sound) => sound.replace("loop: 1", "lop: 1"))).toMatch(
    /curriculum\.1\.tasks\S*: /,
  );
  expect(faultOf((sound) => sound.replace("first: 1", "first: 0"))).toBe(
    "r.yaml: expected a recipe, got curriculum.0.tasks: expected a weight above 0, got none.",
  );
  expect(faultOf((sound) => sound.replace("[0.8, 1.5]", "[1.5, 0.8]"))).toMatch(/crop\.scale: /);
  expect(faultOf((sound) => sound.replace("adamW", "adam"))).toMatch(/optimiser\.name: /);
  expect(faultOf((sound) => sound.replace("rate: 0.01", "rate: -1"))).toMatch(/optimiser\.rate: /);
  expect(faultOf((sound) => `${sound}\nschedule: { name: cosine, warmUp: 30 }`)).toBe(
    "r.yaml: expected a recipe, got schedule.warmUp: expected fewer than the 30 steps of the curriculum, got 30.",
  );
  expect(
    faultOf((sound) => sound.replace("batch: 2", "batch: 0").replace("most: 4", "most: 0")),
  ).toMatch(/clicks\.most: .*; batch: /);
});

test("an experiment trains a network that differs from a known one in what it says", () => {
  const changed = SOUND.replace(
    "network: tiny",
    "network: { name: without-keys, like: tiny, attention: { keySteps: 0 }, classifier: { kind: linear } }",
  );
  const base = configurationOf(readRecipe("r.yaml", SOUND));
  expect(configurationOf(readRecipe("r.yaml", changed))).toEqual({
    ...base,
    name: "without-keys",
    attention: { ...base.attention, keySteps: 0 },
    classifier: { kind: "linear" },
  });
});

test("a network that is not known, or takes the name of one, is refused", () => {
  const of = (network: string) => () =>
    configurationOf(readRecipe("r.yaml", SOUND.replace("network: tiny", `network: ${network}`)));
  expect(of("tinny")).toThrow(
    'recipe: expected network to be one of tiny, small, botnet50, got "tinny".',
  );
  expect(of("{ name: mine, like: tinny }")).toThrow(/expected network\.like to be one of/);
  expect(of("{ name: small, like: tiny }")).toThrow(/expected network\.name to be another/);
  expect(of("{ name: mine, like: tiny, attention: { keyStep: 0 } }")).toThrow(/network/);
});

test("what is no YAML is told with its place", () => {
  expect(faultOf(() => "network: [1")).toMatch(/^r\.yaml: expected YAML, got .* at line 1/);
});

test("groups add up: rates multiply, the last decay holds", () => {
  const recipe = readRecipe(
    "r.yaml",
    `${SOUND}
groups:
  - { match: "encoder.*", rate: 0.1 }
  - { match: "*.bias", weightDecay: 0 }
  - { match: "encoder.stem.*", rate: 0.5, weightDecay: 0.3 }
`,
  );
  const rates = ["encoder.stem.weight", "encoder.block.bias", "head.bias", "encoders"].map(
    (name) => groupOf(recipe, name).rateFactor,
  );
  expect(rates).toEqual([0.05, 0.1, 1, 1]);
  expect(groupOf(recipe, "head.bias").optimiser.remembers).toEqual(adamW().remembers);
});

test("the rate follows the schedule over all stages", () => {
  const recipe = readRecipe("r.yaml", `${SOUND}\nschedule: { name: poly, power: 1 }`);
  expect([0, 15, 30].map(rateOf(recipe))).toEqual([0.01, 0.005, 0]);
});
