import { type Collection, collectionsIn } from "../../data/index.ts";
import { dataFiles } from "../../node/index.ts";

/** Where data sets lie, by the names that a recipe calls them by. */
export type DataPaths = Readonly<Record<string, string>>;

/** The collections of all data sets. @throws {Error} One is missing, or no data set. */
export async function openData(
  paths: DataPaths,
): Promise<Readonly<Record<string, readonly Collection[]>>> {
  const opened = Object.entries(paths).map(
    async ([name, path]) => [name, await collectionsIn(dataFiles(path))] as const,
  );
  return Object.fromEntries(await Promise.all(opened));
}
