/**
 * Files as formats see them: named bytes, wherever they lie. A folder on a disk, a zip archive and
 * files dropped on a page all are the same.
 */

import { FormatError } from "../formatError.ts";
import { checkRelativePath } from "./relativePath.ts";

export interface FileSource {
  /** All paths, relative, with `/`, sorted. */
  readonly paths: readonly string[];
  /** @throws {Error} No such file. */
  readonly read: (path: string) => Promise<Uint8Array>;
  /** The bytes of a file that need not fit into memory. */
  readonly stream: (path: string) => AsyncIterable<Uint8Array>;
}

/** A file to be written. Its bytes must be taken before the next file is asked for. */
export interface OutputFile {
  /** Relative, with `/`; never leads out of the folder it is written to. */
  readonly path: string;
  readonly chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** Files in memory, by their paths. */
export function filesInMemory(files: ReadonlyMap<string, Uint8Array>): FileSource {
  const read = async (path: string): Promise<Uint8Array> => {
    const bytes = files.get(path);
    if (bytes === undefined) throw new FormatError(`${path}: expected a file, got nothing.`);
    return bytes;
  };
  return {
    paths: [...files.keys()].sort(),
    read,
    stream: async function* (path) {
      yield await read(path);
    },
  };
}

/** What a format wrote, in memory. @throws {FormatError} Two files have one path. */
export async function written(
  files: AsyncIterable<OutputFile>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const all = new Map<string, Uint8Array>();
  for await (const { path, chunks } of files) {
    checkRelativePath(path);
    if (all.has(path)) {
      throw new FormatError(`${path}: expected one image of this name, got two. Rename one.`);
    }
    all.set(path, await whole(chunks));
  }
  return all;
}

/** Pieces of bytes as one. */
export async function whole(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of chunks) pieces.push(piece);
  if (pieces.length === 1) return pieces[0];
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** A file whose text is known. */
export function textFile(path: string, text: string): OutputFile {
  return { path, chunks: [new TextEncoder().encode(text)] };
}

/** The paths with an ending, in lower case with its dot. */
export function pathsEnding({ paths }: FileSource, ending: string): readonly string[] {
  return paths.filter((path) => path.toLowerCase().endsWith(ending));
}

/** A path without its ending. */
export function stem(path: string): string {
  return path.replace(/\.[^./]*$/, "");
}

/** Texts as bytes, in pieces of some size. */
export async function* bytesOfTexts(texts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let pending: string[] = [];
  let length = 0;
  for await (const text of texts) {
    pending.push(text);
    length += text.length;
    if (length < 1 << 16) continue;
    yield encoder.encode(pending.join(""));
    pending = [];
    length = 0;
  }
  yield encoder.encode(pending.join(""));
}
