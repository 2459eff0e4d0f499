/** Annotations on a disk: a folder of files, one file, or a zip archive. */

import { createReadStream, type Dirent, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type FileSource, filesInZip, isZip } from "../formats/index.ts";
import { fileProblem } from "./fileProblem.ts";
import { readBytes } from "./readBytes.ts";

/**
 * The files at a path, as annotation formats read them.
 *
 * @throws {Error} There is nothing, or it may not be read.
 * @throws {FormatError} A zip archive that is damaged.
 */
export async function annotationFiles(path: string): Promise<FileSource> {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (cause) {
    throw fileProblem("annotationFiles", `annotations at "${path}"`, cause);
  }
  if (isFolder) return filesIn(path, (await pathsIn(path, "")).sort());
  if (/\.zip$/i.test(path)) {
    const bytes = await readBytes("annotationFiles", path, "annotations");
    if (isZip(bytes)) return filesInZip(basename(path), bytes);
  }
  return filesIn(dirname(path), [basename(path)]);
}

function filesIn(root: string, paths: readonly string[]): FileSource {
  return {
    paths,
    read: (path) => readBytes("annotationFiles", join(root, path), "annotations"),
    stream: (path) => streamOf(join(root, path)),
  };
}

async function* streamOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 16 })) yield chunk;
  } catch (cause) {
    throw fileProblem("annotationFiles", `annotations in a file at "${path}"`, cause);
  }
}

/** All files below a folder; hidden ones, and links to folders, which may lead in circles, are passed over. */
async function pathsIn(root: string, folder: string): Promise<string[]> {
  let entries: Dirent[];
  try {
    entries = await readdir(join(root, folder), { withFileTypes: true });
  } catch (cause) {
    throw fileProblem("annotationFiles", `a folder at "${join(root, folder)}"`, cause);
  }
  const found: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile()) found.push(path);
    else if (entry.isDirectory()) found.push(...(await pathsIn(root, path)));
    else if (entry.isSymbolicLink() && isFile(join(root, path))) found.push(path);
  }
  return found;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
