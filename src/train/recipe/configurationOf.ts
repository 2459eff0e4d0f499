import { FormatError } from "../../formats/formatError.ts";
import {
  CONFIGURATIONS,
  type ConfigurationName,
  type NetworkConfiguration,
} from "../../models/network/configuration.ts";
import type { Recipe } from "./recipe.ts";

/** The configuration of the network that a recipe trains. @throws {FormatError} There is none of that name. */
export function configurationOf({ network }: Pick<Recipe, "network">): NetworkConfiguration {
  const names = Object.keys(CONFIGURATIONS) as ConfigurationName[];
  const name = names.find((known) => known === network);
  if (name !== undefined) return CONFIGURATIONS[name];
  throw new FormatError(
    `recipe: expected network to be one of ${names.join(", ")}, got "${network}".`,
  );
}
