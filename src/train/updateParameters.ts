import type { Node } from "../graph/node.ts";
import type { Optimiser, Pace } from "./optimisers/optimiser.ts";

/** How some parameters are updated. */
export interface ParameterRule extends Pace {
  readonly optimiser: Optimiser;
}

/** Nodes by name. */
export type Named = Readonly<Record<string, Node>>;

/**
 * One update of every parameter.
 *
 * @param state  What optimisers remember of parameters, each by its `stateName`.
 * @param ruleOf How the parameter of this name is updated.
 * @returns Parameters by their names and the state by the same names as before.
 */
export function updateParameters(
  parameters: Named,
  gradients: Named,
  state: Named,
  ruleOf: (parameter: string) => ParameterRule,
): { readonly parameters: Named; readonly state: Named } {
  const moved: Record<string, Node> = {};
  const remembered: Record<string, Node> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const { optimiser, ...pace } = ruleOf(name);
    const own = optimiser.remembers.map((what) => [what, state[stateName(what, name)]]);
    const next = optimiser.update(parameter, gradients[name], Object.fromEntries(own), pace);
    moved[name] = next.parameter;
    for (const what of optimiser.remembers) {
      remembered[stateName(what, name)] = next.state[what];
    }
  }
  return { parameters: moved, state: remembered };
}

/** What something remembered of a parameter is called: `velocity:stem.weight`. */
export function stateName(what: string, parameter: string): string {
  return `${what}:${parameter}`;
}
