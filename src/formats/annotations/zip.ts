/** Zip archives as files, and files as zip archives. */

import { unzipSync, Zip, ZipDeflate, ZipPassThrough } from "fflate";
import { FormatError } from "../formatError.ts";
import { type FileSource, filesInMemory, type OutputFile } from "./files.ts";
import { checkRelativePath } from "./relativePath.ts";

/** Larger contents are refused before they are unpacked. */
const MAX_BYTES = 2 ** 30;
const MAX_FILES = 1_000_000;
/** What deflate can make of one byte, at the most; whoever claims more lies. */
const MAX_RATIO = 1032;
/** Archives of the same files are the same: all files are as old as zip's calendar. */
const MTIME: Date = new Date(1980, 0, 1);

export function isZip(bytes: Uint8Array): boolean {
  const [p, k, a, b] = bytes;
  return p === 0x50 && k === 0x4b && ((a === 3 && b === 4) || (a === 5 && b === 6));
}

/**
 * The files of an archive, unpacked.
 *
 * @param name What to call it in messages.
 * @throws {FormatError} Damaged, more than 1 GiB of files, or a file that leads out of the archive.
 */
export function filesInZip(name: string, bytes: Uint8Array): FileSource {
  let total = 0;
  let count = 0;
  const files = new Map<string, Uint8Array>();
  try {
    const unpacked = unzipSync(bytes, {
      filter: ({ name: path, size, originalSize }) => {
        if (path.endsWith("/")) return false;
        checkRelativePath(path);
        total += originalSize;
        if (++count > MAX_FILES || total > MAX_BYTES || originalSize > size * MAX_RATIO + 1024) {
          throw new FormatError("expected at most 1 GiB of files, got more. Unpack it yourself.");
        }
        return true;
      },
    });
    for (const [path, content] of Object.entries(unpacked)) files.set(path, content);
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new FormatError(
      cause instanceof FormatError
        ? `${name}: ${reason}`
        : `${name}: expected a whole zip archive, got a damaged one (${reason}). Copy it again from where it came.`,
      { cause },
    );
  }
  return filesInMemory(files);
}

/** Endings of files that deflate makes no smaller. */
const PACKED = /\.(?:png|jpe?g|npz|zip|webp)$/i;

/** An archive of files, as they come. */
export async function* zipped(files: AsyncIterable<OutputFile>): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, data) => {
    if (error) throw error;
    ready.push(data);
  });
  for await (const { path, chunks } of files) {
    checkRelativePath(path);
    const entry = PACKED.test(path) ? new ZipPassThrough(path) : new ZipDeflate(path);
    entry.mtime = MTIME;
    zip.add(entry);
    for await (const chunk of chunks) {
      entry.push(chunk);
      yield* ready;
      ready = [];
    }
    entry.push(new Uint8Array(), true);
    yield* ready;
    ready = [];
  }
  zip.end();
  yield* ready;
}
