import type { DataSet } from "../../data/index.ts";

/**
 * Those sets that were asked for, in that order.
 *
 * @param usage Called with what is wrong about the names; does not return.
 */
export function chosenSets(
  sets: readonly DataSet[],
  names: readonly string[] | undefined,
  usage: (message: string) => never,
): readonly DataSet[] {
  if (names === undefined) return sets;
  return names.map((name) => {
    const found = sets.find((set) => set.name === name);
    const there = sets.map((set) => set.name).join(", ") || "no set at all";
    return found ?? usage(`--set: expected one of those that are there (${there}), got "${name}".`);
  });
}
