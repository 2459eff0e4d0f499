/** A folder that was chosen or dropped: its files, by their paths inside it. */

import type { EvaluationRow } from "maskwise";
import { FileProblem } from "../files/fileProblem.ts";
import { texts } from "../texts.ts";

export type Folder = ReadonlyMap<string, File>;

/** From a field for folders: paths there begin with the folder's own name. */
export function chosenFolder(files: Iterable<File>): Folder {
  return new Map(
    [...files].map((file) => [file.webkitRelativePath.split("/").slice(1).join("/"), file]),
  );
}

/** The first folder among what was dropped. */
export async function droppedFolder({ items }: DataTransfer): Promise<Folder> {
  // What was dropped can only be asked for before the event is over.
  const entries = [...items].map((item) => item.webkitGetAsEntry());
  const files = new Map<string, File>();
  const folder = entries.find((entry) => entry?.isDirectory);
  if (folder) await collect(folder as FileSystemDirectoryEntry, "", files);
  return files;
}

/** The bytes of a file, by its path. */
export function readFrom(folder: Folder): (path: string) => Promise<Uint8Array> {
  return async (path) => {
    const file = folder.get(path);
    if (file) return new Uint8Array(await file.arrayBuffer());
    throw new FileProblem(
      path === "index.json" ? texts.evaluation.noIndex : texts.evaluation.missing(path),
    );
  };
}

/** Names of the sets, in the order they come. */
export function setsOf(rows: readonly EvaluationRow[]): readonly string[] {
  return [...new Set(rows.map(({ set }) => set))];
}

async function collect(
  folder: FileSystemDirectoryEntry,
  path: string,
  into: Map<string, File>,
): Promise<void> {
  const reader = folder.createReader();
  for (;;) {
    // A reader hands out some entries at a time, and none when it is through.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (entries.length === 0) return;
    for (const entry of entries) {
      const name = path + entry.name;
      if (entry.isDirectory) await collect(entry as FileSystemDirectoryEntry, `${name}/`, into);
      else into.set(name, await fileOf(entry as FileSystemFileEntry));
    }
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
