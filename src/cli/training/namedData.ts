import { InvalidArgumentError } from "commander";
import type { Recipe } from "../../train/index.ts";
import type { DataPaths } from "./openData.ts";

/** Where a data set lies, as it was typed. */
export interface GivenData {
  /** `undefined` for the only data set of the recipe. */
  readonly name: string | undefined;
  readonly path: string;
}

/** `NAME=PATH` or `PATH`; what has a slash before its `=` is a path. */
export function givenData(text: string, before: readonly GivenData[] = []): readonly GivenData[] {
  const [, name, path] = /^(?:([^=/]+)=)?(.+)$/.exec(text) ?? [];
  if (path === undefined || before.some((one) => one.name === name)) {
    throw new InvalidArgumentError("Expected NAME=PATH or PATH, each name once.");
  }
  return [...before, { name, path }];
}

/**
 * The same, by name.
 *
 * @param usage Called with what is wrong about the words typed; does not return.
 */
export function namedData(
  { sources }: Pick<Recipe, "sources">,
  given: readonly GivenData[],
  usage: (message: string) => never,
): DataPaths {
  const names = [...new Set(Object.keys(sources).map((source) => source.split("/", 1)[0]))];
  const named = given.map(({ name, path }) => {
    if (name !== undefined) return [name, path];
    if (names.length === 1 && given.length === 1) return [names[0], path];
    return usage(
      `--data: expected NAME=PATH for each of the recipe's ${names.join(", ")}, got "${path}".`,
    );
  });
  return Object.fromEntries(named);
}
