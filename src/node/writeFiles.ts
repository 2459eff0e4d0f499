/**
 * Files that are there whole or not at all: written beside their place, flushed to the disk, then
 * renamed into it. Whatever goes wrong, and on Ctrl-C, what was there before stays as it was.
 */

import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { access, constants, lstat, open, readdir, realpath, rename, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileProblem } from "./fileProblem.ts";

export interface FileToWrite {
  readonly path: string;
  readonly data: Uint8Array | string;
}

/**
 * Write one file so that nobody ever sees half of it.
 *
 * @throws {Error} The path is a folder or a device, its folder is missing or not writable, the
 *   disk is full; what was at the path is untouched.
 */
export async function writeFileAtomically(path: string, data: Uint8Array | string): Promise<void> {
  await writeFilesAtomically([{ path, data }]);
}

/** Write several files: no path changes before all of them lie complete beside their places. */
export async function writeFilesAtomically(files: readonly FileToWrite[]): Promise<void> {
  const temporary = new Map<string, string>();
  const stopWatching = onInterruption(() => {
    for (const path of temporary.keys()) rmSync(path, { force: true });
  });
  try {
    for (const { path, data } of files) {
      const target = await place(path);
      const beside = nameBeside(target.path);
      temporary.set(beside, target.path);
      await write(beside, data, target.mode, path);
    }
    for (const [beside, target] of temporary) await rename(beside, target);
  } finally {
    for (const path of temporary.keys()) rmSync(path, { force: true });
    stopWatching();
  }
}

/**
 * Would a file at this path be written? Finds out before hours of work, by trying: an empty file
 * is made beside the path and removed again; what is at the path is not touched.
 *
 * @throws {Error} As `writeFileAtomically`.
 */
export async function checkWritable(path: string): Promise<void> {
  const { path: target, mode } = await place(path);
  const beside = nameBeside(target);
  const stopWatching = onInterruption(() => rmSync(beside, { force: true }));
  try {
    await write(beside, "", mode, path);
  } finally {
    rmSync(beside, { force: true });
    stopWatching();
  }
}

interface Place {
  /** Where the file really goes: through a symbolic link, so that the link stays one. */
  readonly path: string;
  /** Permissions of the file that is there, to be kept. */
  readonly mode: number | undefined;
}

async function place(path: string): Promise<Place> {
  const expected = `a file to write at "${path}"`;
  if (path === "" || path.endsWith("/")) {
    throw fileProblem("write", expected, { code: "EISDIR" });
  }
  const there = await lstat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return undefined;
    throw fileProblem("write", expected, cause);
  });
  if (there === undefined) {
    await checkFolder(path);
    return { path, mode: undefined };
  }
  try {
    const target = there.isSymbolicLink() ? await realpath(path) : path;
    const status = await stat(target);
    if (status.isDirectory()) throw Object.assign(new Error("a folder"), { code: "EISDIR" });
    if (status.isFile()) {
      await access(target, constants.W_OK);
      return { path: target, mode: status.mode };
    }
  } catch (cause) {
    throw fileProblem("write", expected, cause);
  }
  throw new Error(`write: expected ${expected}, got a device or a pipe. Name a file instead.`);
}

async function checkFolder(path: string): Promise<void> {
  const folder = dirname(path);
  const status = await stat(folder).catch(() => undefined);
  if (status?.isDirectory()) return;
  throw new Error(
    `write: expected a folder at "${folder}" to write "${basename(path)}" in, got ${status ? "something else" : "nothing"}. Make the folder first.`,
  );
}

/**
 * Remove what processes that were killed left half-written in a folder. Nobody may be writing there
 * meanwhile.
 */
export async function removeHalfWritten(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (BESIDE.test(name)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** What `nameBeside` makes. */
const BESIDE = /^\.maskwise-[\da-f-]{36}\.tmp$/;

/** Hidden, and impossible to mistake for a result; in the same folder, so that renaming is atomic. */
function nameBeside(path: string): string {
  return join(dirname(path), `.maskwise-${randomUUID()}.tmp`);
}

async function write(
  beside: string,
  data: Uint8Array | string,
  mode: number | undefined,
  path: string,
): Promise<void> {
  try {
    const file = await open(beside, "wx");
    try {
      await file.writeFile(data);
      if (mode !== undefined) await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    // The folder was there a moment ago: that a new file cannot be made in it is a matter of rights.
    throw fileProblem("write", `to be allowed to write "${path}"`, {
      code: code === "ENOENT" ? "EACCES" : code,
      message: (cause as Error).message,
    });
  }
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Clean up when a signal ends the process, then let it end as it would have. */
function onInterruption(cleanUp: () => void): () => void {
  const listeners = SIGNALS.map((signal) => {
    const listener = () => {
      cleanUp();
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    };
    process.once(signal, listener);
    return [signal, listener] as const;
  });
  process.once("exit", cleanUp);
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener);
    process.off("exit", cleanUp);
  };
}
