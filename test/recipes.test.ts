import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { collectionsIn } from "../src/data/index.ts";
import { network } from "../src/models/index.ts";
import { dataFiles } from "../src/node/index.ts";
import { configurationOf, readRecipe, sourcesOf } from "../src/train/index.ts";

const FOLDER = new URL("../recipes/", import.meta.url);
const RECIPES = readdirSync(FOLDER).filter((name) => name.endsWith(".yaml"));
const DATA = new URL("../../shared/data/train/", import.meta.url);

function recipe(name: string) {
  return readRecipe(name, readFileSync(new URL(name, FOLDER), "utf8"));
}

test.each(RECIPES)("%s is a recipe, and its squares fit its network", (name) => {
  const { crop, ...rest } = recipe(name);
  expect(crop.side % network(configurationOf(rest)).multiple).toBe(0);
});

test("the recipe in docs/training.md, which says all there is, is one", () => {
  const page = readFileSync(new URL("../docs/training.md", import.meta.url), "utf8");
  const [, text] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  const { network: name, ...rest } = readRecipe("docs/training.md", text ?? "");
  expect(configurationOf({ ...rest, network: name }).name).toBe("tiny");
});

test.runIf(existsSync(DATA))("the sets that recipes draw from are in ../shared", async () => {
  const train = await collectionsIn(dataFiles(DATA.pathname));
  for (const name of RECIPES.filter((each) => recipe(each).sources["own"] === undefined)) {
    const split = sourcesOf(recipe(name), { train });
    expect(split.train.length).toBeGreaterThan(0);
    expect(split.heldOut.length).toBeGreaterThan(0);
  }
});
