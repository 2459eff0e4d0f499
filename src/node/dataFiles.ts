/** The files of a data set's folder, listed and decoded. */

import { createReadStream, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import sharp from "sharp";
import type { DataFolder, Listing, Raster } from "../data/index.ts";
import { FormatError } from "../formats/index.ts";
import type { Picture } from "../image/index.ts";
import { bmpRaster, isBmp } from "./bmpRaster.ts";
import { fileProblem } from "./fileProblem.ts";
import { readBytes } from "./readBytes.ts";
import { readPicture } from "./readPicture.ts";

/**
 * @param path A folder that the data set lies in, or one file of it (COCO's JSON, a tar shard): then
 *   of the files where it lies only this one is listed.
 * @throws {Error} There is nothing.
 */
export function dataFiles(path: string): DataFolder {
  const { root, only } = dataRoot(path);
  return {
    name: basename(resolve(root)),
    read: (file) => readBytes("dataFiles", join(root, file), "data"),
    list: async (folder) => {
      const listing = await listingOf(join(root, folder));
      if (only === undefined || folder !== only.folder) return listing;
      return { ...listing, files: listing.files.filter((name) => name === only.name) };
    },
    stream: (file) => streamOf(join(root, file)),
    decodePicture,
    decodeRaster,
  };
}

/** The folder of a data set and what may be listed in it. */
export interface DataRoot {
  readonly root: string;
  /** The only file that is listed in a folder inside. */
  readonly only?: { readonly folder: string; readonly name: string };
}

/**
 * The folder that a data set lies in, told by itself or by one of its files.
 *
 * @throws {Error} There is nothing.
 */
export function dataRoot(path: string): DataRoot {
  let isFile: boolean;
  try {
    isFile = statSync(path).isFile();
  } catch (cause) {
    throw fileProblem("dataFiles", `a data set at "${path}"`, cause);
  }
  if (!isFile) return { root: path };
  const folder = dirname(resolve(path));
  const name = basename(path);
  // The photos of COCO lie beside the folder of its annotations.
  if (basename(folder) === "annotations") {
    return { root: dirname(folder), only: { folder: "annotations", name } };
  }
  return { root: folder, only: { folder: "", name } };
}

async function listingOf(path: string): Promise<Listing> {
  const files: string[] = [];
  const folders: string[] = [];
  let entries: Awaited<ReturnType<typeof entriesOf>>;
  try {
    entries = await entriesOf(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return { files, folders };
    throw fileProblem("dataFiles", `a folder at "${path}"`, cause);
  }
  for (const entry of entries) {
    // A link may be either; sets are often linked rather than copied.
    const isFolder = entry.isSymbolicLink()
      ? statSync(join(path, entry.name), { throwIfNoEntry: false })?.isDirectory() === true
      : entry.isDirectory();
    (isFolder ? folders : files).push(entry.name);
  }
  return { files: files.sort(), folders: folders.sort() };
}

function entriesOf(path: string) {
  return readdir(path, { withFileTypes: true });
}

async function* streamOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 16 })) yield chunk;
  } catch (cause) {
    throw fileProblem("dataFiles", `data in a file at "${path}"`, cause);
  }
}

async function decodePicture(bytes: Uint8Array): Promise<Picture> {
  if (isBmp(bytes)) return bmpRaster(bytes);
  return readPicture(bytes);
}

async function decodeRaster(bytes: Uint8Array): Promise<Raster> {
  if (isBmp(bytes)) return bmpRaster(bytes);
  try {
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, channels: info.channels, data };
  } catch (cause) {
    throw new FormatError(
      `dataFiles: expected a mask that can be decoded, got "${(cause as Error).message}". Copy it again from where it came.`,
      { cause },
    );
  }
}
