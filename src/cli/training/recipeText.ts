/** Where the recipe of a run comes from. */

import { fileURLToPath } from "node:url";
import { parseDocument } from "yaml";
import { openNetworkFile, readBytes } from "../../node/index.ts";

export interface RecipeText {
  /** What to call it in messages. */
  readonly name: string;
  readonly text: string;
}

/** The recipe in a file. */
export async function recipeIn(path: string): Promise<RecipeText> {
  const bytes = await readBytes("train", path, "a recipe");
  return { name: path, text: new TextDecoder().decode(bytes) };
}

/** The recipe for fine-tuning that comes with the package, for the network of these weights. */
export async function fineTuningRecipe(weights: string): Promise<RecipeText> {
  const path = fileURLToPath(new URL("../../../recipes/fine-tune.yaml", import.meta.url));
  const { text } = await recipeIn(path);
  const { configuration } = await openNetworkFile(weights);
  const document = parseDocument(text);
  document.set("network", configuration.name);
  return { name: "recipes/fine-tune.yaml", text: String(document) };
}
