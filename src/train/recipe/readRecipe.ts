/** Recipes are YAML (of which JSON is a part), so that every number may have its reason beside it. */

import { parse, YAMLParseError } from "yaml";
import { FormatError } from "../../formats/formatError.ts";
import type { Recipe } from "./recipe.ts";
import { recipeSchema } from "./recipeSchema.ts";

/**
 * The recipe in a text.
 *
 * @param name What to call it in messages, such as its path.
 * @throws {FormatError} It is no YAML, or not a recipe; the message has the path to every fault.
 */
export function readRecipe(name: string, text: string): Recipe {
  const parsed = recipeSchema.safeParse(yamlOf(name, text));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${path.join(".") || "the recipe"}: ${message}`,
  );
  throw new FormatError(`${name}: expected a recipe, got ${faults.join("; ")}.`);
}

function yamlOf(name: string, text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    if (!(cause instanceof YAMLParseError)) throw cause;
    throw new FormatError(`${name}: expected YAML, got ${cause.message.split("\n", 1)[0]}`, {
      cause,
    });
  }
}
