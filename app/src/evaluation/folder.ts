/** A folder that was chosen or dropped: its files, by their paths inside it. */

import type { DataFolder, Listing } from "maskwise";
import { FileProblem } from "../files/fileProblem.ts";
import { texts } from "../texts.ts";

/** What threads can hand to each other. */
export interface Folder {
  readonly name: string;
  readonly files: ReadonlyMap<string, File>;
}

/** From a field for folders: paths there begin with the folder's own name. */
export function chosenFolder(files: Iterable<File>): Folder {
  const paths = [...files].map((file) => [file.webkitRelativePath.split("/"), file] as const);
  return {
    name: paths[0]?.[0][0] ?? "",
    files: new Map(paths.map(([path, file]) => [path.slice(1).join("/"), file])),
  };
}

/**
 * The first folder among what was dropped; none where there is no folder.
 *
 * @throws {FileProblem} The browser does not let the page look into it: Chromium, where the page was
 *   opened from the disk.
 */
export async function droppedFolder({ items }: DataTransfer): Promise<Folder | undefined> {
  // What was dropped can only be asked for before the event is over.
  const entries = [...items].map((item) => item.webkitGetAsEntry());
  const folder = entries.find((entry) => entry?.isDirectory);
  if (!folder) return undefined;
  const files = new Map<string, File>();
  try {
    await collect(folder as FileSystemDirectoryEntry, "", files);
  } catch {
    throw new FileProblem(texts.evaluation.closedFolder);
  }
  return { name: folder.name, files };
}

/** What reads the files of a folder, except for pixels. */
export function readable({
  name,
  files,
}: Folder): Pick<DataFolder, "name" | "read" | "list" | "stream"> {
  const listings = listingsOf(files.keys());
  const at = (path: string): File => {
    const file = files.get(path);
    if (file) return file;
    throw new FileProblem(texts.evaluation.missing(path));
  };
  return {
    name,
    read: async (path) => new Uint8Array(await at(path).arrayBuffer()),
    list: async (path) => listings.get(path) ?? { files: [], folders: [] },
    stream: async function* (path) {
      const reader = at(path).stream().getReader();
      try {
        for (;;) {
          const { value } = await reader.read();
          if (value === undefined) return;
          yield value;
        }
      } finally {
        await reader.cancel();
      }
    },
  };
}

/** What lies in each folder, from the paths of all files. */
function listingsOf(paths: Iterable<string>): ReadonlyMap<string, Listing> {
  const found = new Map<string, { readonly files: string[]; readonly folders: Set<string> }>();
  const at = (folder: string) => {
    const known = found.get(folder) ?? { files: [], folders: new Set<string>() };
    found.set(folder, known);
    return known;
  };
  for (const path of paths) {
    const parts = path.split("/");
    const file = parts.pop() ?? "";
    at(parts.join("/")).files.push(file);
    for (const [depth, folder] of parts.entries()) {
      at(parts.slice(0, depth).join("/")).folders.add(folder);
    }
  }
  return new Map(
    [...found].map(([folder, { files, folders }]) => [
      folder,
      { files: files.sort(), folders: [...folders].sort() },
    ]),
  );
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
