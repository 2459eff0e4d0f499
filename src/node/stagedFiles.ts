/**
 * Files that are first written beside their place, can be looked at there, and are then put into it,
 * all of them or none.
 */

import { randomUUID } from "node:crypto";
import { createWriteStream, existsSync, rmSync } from "node:fs";
import { mkdir, readdir, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { checkRelativePath, type FileSource, type OutputFile, zipped } from "../formats/index.ts";
import { annotationFiles } from "./annotationFiles.ts";
import { fileProblem } from "./fileProblem.ts";

export interface StagedFiles {
  /** What was written, to be read again. */
  files(): Promise<FileSource>;
  /**
   * Put them into their place.
   *
   * @throws {Error} A file is there already and may not be replaced; nothing was changed.
   */
  publish(): Promise<void>;
  /** Remove what was written, unless it was published. */
  discard(): Promise<void>;
}

export interface StageOptions {
  /** Files that are there may be replaced. @default false */
  readonly replace?: boolean;
  /** The folder, on the same disk, in which they are written first. @default the one of the place */
  readonly stageIn?: string;
}

/**
 * Write files beside a place.
 *
 * @param place A folder, which is made; with an ending of `.zip` an archive; with `extension` the one file.
 * @throws {Error} It cannot be written there.
 */
export async function stagedFiles(
  place: string,
  files: AsyncIterable<OutputFile>,
  { extension, replace = false, stageIn }: StageOptions & { readonly extension?: string } = {},
): Promise<StagedFiles> {
  const target = resolve(place);
  const single = extension !== undefined && target.toLowerCase().endsWith(extension);
  await checkPlace(target, single || isArchive(target));
  const stage = join(stageIn ?? dirname(target), `.maskwise-${randomUUID()}.tmp`);
  const atExit = () => rmSync(stage, { recursive: true, force: true });
  process.once("exit", atExit);
  const discard = async () => {
    process.off("exit", atExit);
    await rm(stage, { recursive: true, force: true });
  };
  try {
    await mkdir(stage);
    if (isArchive(target)) await write(join(stage, basename(target)), zipped(files));
    else await writeAll(stage, files, single ? basename(target) : undefined);
  } catch (cause) {
    await discard();
    if ((cause as NodeJS.ErrnoException).syscall === undefined) throw cause;
    throw fileProblem("write", `to be allowed to write at "${place}"`, cause);
  }
  const isOne = single || isArchive(target);
  return {
    files: () => annotationFiles(isOne ? join(stage, basename(target)) : stage),
    publish: async () => {
      await moveInto(isOne ? dirname(target) : target, stage, replace);
      await discard();
    },
    discard,
  };
}

function isArchive(path: string): boolean {
  return /\.zip$/i.test(path);
}

async function checkPlace(target: string, isFile: boolean): Promise<void> {
  const there = await stat(target).catch(() => undefined);
  if (there !== undefined && there.isDirectory() === isFile) {
    const [expected, got] = isFile ? ["a file", "a folder"] : ["a folder", "a file"];
    throw new Error(
      `write: expected ${expected} at "${target}", got ${got}. Choose another place.`,
    );
  }
  const folder = await stat(dirname(target)).catch(() => undefined);
  if (folder?.isDirectory()) return;
  throw new Error(
    `write: expected a folder at "${dirname(target)}" to write "${basename(target)}" in, got ${folder ? "something else" : "nothing"}. Make the folder first.`,
  );
}

async function writeAll(
  stage: string,
  files: AsyncIterable<OutputFile>,
  only: string | undefined,
): Promise<void> {
  for await (const { path, chunks } of files) {
    checkRelativePath(path);
    const place = join(stage, only ?? path);
    if (existsSync(place)) {
      throw new Error(`write: expected one file "${path}", got two. Rename one of the images.`);
    }
    await mkdir(dirname(place), { recursive: true });
    await write(place, chunks);
  }
}

async function write(
  path: string,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  await pipeline(chunks, createWriteStream(path, { flags: "wx", flush: true }));
}

/** Rename every file into its place; what may not be replaced is found out before the first. */
async function moveInto(folder: string, stage: string, replace: boolean): Promise<void> {
  const paths = (await readdir(stage, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(stage.length + 1));
  if (!existsSync(folder)) return rename(stage, folder);
  const root = await realpath(folder);
  for (const path of paths) {
    if (existsSync(join(folder, path)) && !replace) {
      throw new Error(
        `write: expected nothing at "${join(folder, path)}", got a file. Choose another place, or allow to replace files.`,
      );
    }
  }
  for (const path of paths) {
    const parent = dirname(join(folder, path));
    await mkdir(parent, { recursive: true });
    // A link that is there already could lead out of the folder.
    if (!`${await realpath(parent)}${sep}`.startsWith(`${root}${sep}`)) {
      throw new Error(`write: expected a folder inside "${folder}", got a link at "${parent}".`);
    }
    await rename(join(stage, path), join(folder, path));
  }
}
