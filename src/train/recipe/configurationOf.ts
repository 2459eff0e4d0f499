import { FormatError } from "../../formats/formatError.ts";
import { CONFIGURATIONS, type NetworkConfiguration } from "../../models/network/configuration.ts";
import type { Recipe } from "./recipe.ts";

/**
 * The configuration of the network that a recipe trains.
 *
 * @throws {FormatError} There is none of that name, or a network that differs has the name of one.
 */
export function configurationOf({ network }: Pick<Recipe, "network">): NetworkConfiguration {
  if (typeof network === "string") return named("network", network);
  const { name, like, attention = {}, interaction = {}, classifier } = network;
  const base = named("network.like", like);
  if (Object.hasOwn(CONFIGURATIONS, name)) {
    throw new FormatError(
      `recipe: expected network.name to be another than ${names()}, which mean something else, got "${name}".`,
    );
  }
  return {
    ...base,
    name,
    attention: { ...base.attention, ...attention },
    interaction: { ...base.interaction, ...interaction },
    classifier: classifier ?? base.classifier,
  };
}

function named(field: string, name: string): NetworkConfiguration {
  const found = Object.entries(CONFIGURATIONS).find(([known]) => known === name);
  if (found !== undefined) return found[1];
  throw new FormatError(`recipe: expected ${field} to be one of ${names()}, got "${name}".`);
}

function names(): string {
  return Object.keys(CONFIGURATIONS).join(", ");
}
