import { expect, test } from "vitest";
import { miniatureNetwork } from "../../test/support/miniatureNetwork.ts";
import { writeSafetensors } from "../formats/safetensors.ts";
import { convolutionParameters } from "../nn/convolution.ts";
import { initialise } from "../nn/parameters.ts";
import { randomNumbers } from "../tensor/random.ts";
import { readCheckpoint, weightsOf, writeCheckpoint } from "./checkpoint.ts";
import { recipeSchema } from "./recipe/recipeSchema.ts";

const RECIPE = recipeSchema.parse({
  network: "miniature",
  sources: { a: 1 },
  crop: { side: 32, scale: [1, 1] },
  clicks: { most: 1 },
  curriculum: [{ steps: 1, tasks: { first: 1 } }],
  batch: 1,
  loss: {},
  optimiser: { name: "sgd", rate: 0.1 },
});
const WEIGHTS = initialise(miniatureNetwork.parameters, randomNumbers(1));
const OTHER = initialise(miniatureNetwork.parameters, randomNumbers(2));
const averages = Object.fromEntries(
  ["head.weight", "head.bias"].map((name) => [`average:${name}`, OTHER[name]]),
);
const STANDING = { steps: 7, state: { ...WEIGHTS, ...averages } };

test("a checkpoint comes back as it was, axes and all", () => {
  const bytes = writeCheckpoint(STANDING, miniatureNetwork, RECIPE);
  expect(readCheckpoint(bytes, miniatureNetwork, RECIPE)).toEqual(STANDING);
});

test("the weights of a run are its averages, where there are any", () => {
  const weights = weightsOf(STANDING.state, miniatureNetwork);
  expect(weights["head.weight"]).toEqual(OTHER["head.weight"]);
  expect(weights["fine.weight"]).toEqual(WEIGHTS["fine.weight"]);
  expect(Object.keys(weights)).toEqual(Object.keys(WEIGHTS));
});

test("a checkpoint of another network or recipe is refused", () => {
  const bytes = writeCheckpoint(STANDING, miniatureNetwork, RECIPE);
  expect(() => readCheckpoint(bytes, { ...miniatureNetwork, name: "small" }, RECIPE)).toThrow(
    "readCheckpoint: expected a checkpoint of the network small, got one of miniature.",
  );
  expect(() => readCheckpoint(bytes, miniatureNetwork, { ...RECIPE, seed: 2 })).toThrow(
    "readCheckpoint: expected a checkpoint of the same recipe, got one of another.",
  );
  const weights = writeSafetensors({ tensors: new Map() });
  expect(() => readCheckpoint(weights, miniatureNetwork, RECIPE)).toThrow(
    'readCheckpoint: expected "maskwise checkpoint 1" in its notes, got nothing.',
  );
});

test("a checkpoint of a network that was built otherwise under the same name is refused", () => {
  const bytes = writeCheckpoint(STANDING, miniatureNetwork, RECIPE);
  const read = (parameters: typeof miniatureNetwork.parameters) =>
    readCheckpoint(bytes, { name: "miniature", parameters }, RECIPE);
  const head = convolutionParameters({ channels: 9, filters: 1, kernel: 1, bias: true });
  expect(() => read({ ...miniatureNetwork.parameters, head })).toThrow(
    'head.weight" of shape [1, 9, 1, 1], got [1, 8, 1, 1].',
  );
  expect(() => read({ ...miniatureNetwork.parameters, more: head })).toThrow(
    "readCheckpoint: expected all tensors of the network miniature, got none of more.weight, more.bias.",
  );
  expect(() => read({ head: miniatureNetwork.parameters["head"] })).toThrow(
    /readCheckpoint: expected only tensors of the network miniature, got .* more\. /,
  );
});
