/** The sets of a folder, whatever its layout: it is recognised, or named. */

import { FormatError } from "../formats/formatError.ts";
import type { DataSet } from "./dataSet.ts";
import { type DataFolder, folderIn } from "./edge.ts";
import { type ReaderName, readerNames, readers } from "./readers/table.ts";

/**
 * @param format The layout; without it the folder is looked at, and where it is none that is known,
 *   the folders inside it, so that several sets may lie beside each other.
 * @throws {FormatError} No set is there, an index is damaged, or two sets have one name.
 */
export async function dataSetsIn(
  folder: DataFolder,
  format?: ReaderName,
): Promise<readonly DataSet[]> {
  const sets = await found(folder, format);
  if (sets.length === 0) throw new FormatError(await nothingFound(folder, format));
  const names = new Set<string>();
  for (const { name } of sets) {
    if (names.has(name)) {
      throw new FormatError(
        `${folder.name}: expected sets of different names, got "${name}" twice. Name one of the folders inside it.`,
      );
    }
    names.add(name);
  }
  return sets;
}

async function found(
  folder: DataFolder,
  format: ReaderName | undefined,
): Promise<readonly DataSet[]> {
  if (format !== undefined) return readers[format].sets(folder);
  const own = await recognised(folder);
  if (own.length > 0) return own;
  const { folders } = await folder.list("");
  return (await Promise.all(folders.map((name) => recognised(folderIn(folder, name))))).flat();
}

async function recognised(folder: DataFolder): Promise<readonly DataSet[]> {
  for (const name of readerNames) {
    if (await readers[name].recognises(folder)) return readers[name].sets(folder);
  }
  return [];
}

async function nothingFound(folder: DataFolder, format: ReaderName | undefined): Promise<string> {
  const looked = format === undefined ? readerNames : [format];
  const { files, folders } = await folder.list("");
  const there = [...folders.map((name) => `${name}/`), ...files];
  const shown = there.length > 6 ? [...there.slice(0, 6), `${there.length - 6} more`] : there;
  return [
    `${folder.name}: expected a data set, got ${shown.join(", ") || "an empty folder"}. Looked for`,
    ...looked.map((name) => `  ${name}: ${readers[name].looksFor}`),
  ].join("\n");
}
