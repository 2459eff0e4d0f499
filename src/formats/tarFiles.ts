/** Files in a tar archive, one after another, so that the archive need not fit into memory. */

import { createTarDecoder, type ParsedTarEntry } from "modern-tar";
import { FormatError } from "./formatError.ts";

export interface TarFile {
  /** Its path in the archive. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * The plain files of an archive, in its order; folders and links are passed over.
 *
 * @param archive What to call it in messages, such as its path.
 * @param chunks  Its bytes, piece by piece. An archive in memory is one piece: `[bytes]`.
 * @throws {FormatError} Not an archive, damaged or truncated.
 */
export async function* tarFiles(
  archive: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<TarFile> {
  const pieces =
    Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
  const entries = streamOf(pieces)
    .pipeThrough(createTarDecoder({ strict: true }))
    .getReader();
  let place = "at its start";
  try {
    for (;;) {
      const entry = await nextEntry(archive, entries, place);
      if (entry === undefined) return;
      const { name, type } = entry.header;
      place = `after ${name}`;
      const bytes = await bodyOf(archive, entry);
      if (type === "file") yield { name, bytes };
    }
  } finally {
    // Whoever stops early is done with the archive. One that failed has nothing left to cancel.
    await entries.cancel().catch(() => {});
    await pieces.return?.();
  }
}

async function nextEntry(
  archive: string,
  entries: ReadableStreamDefaultReader<ParsedTarEntry>,
  place: string,
): Promise<ParsedTarEntry | undefined> {
  try {
    return (await entries.read()).value;
  } catch (cause) {
    throw damaged(archive, `a whole tar archive, got a fault ${place}`, cause);
  }
}

async function bodyOf(archive: string, { header, body }: ParsedTarEntry): Promise<Uint8Array> {
  const bytes = new Uint8Array(header.size);
  const reader = body.getReader();
  let at = 0;
  try {
    for (;;) {
      const { value } = await reader.read();
      if (value === undefined) return bytes.subarray(0, at);
      bytes.set(value, at);
      at += value.length;
    }
  } catch (cause) {
    throw damaged(archive, `the whole file ${header.name}, got a part`, cause);
  }
}

function damaged(archive: string, fault: string, cause: unknown): FormatError {
  const message = (cause as Error).message.replace(/\.$/, "");
  return new FormatError(
    `${archive}: expected ${fault} (${message}). Copy the archive again from where it came.`,
    { cause },
  );
}

function streamOf(
  pieces: AsyncIterator<Uint8Array> | Iterator<Uint8Array>,
): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: async (controller) => {
      const { value, done } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}
