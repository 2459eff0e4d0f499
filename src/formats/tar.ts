/**
 * Files in a tar archive, as POSIX ustar lays them out: a block of 512 bytes
 * with name, size and checksum, then the file, filled up to whole blocks.
 */

import { FormatError } from "./formatError.ts";

export interface TarEntry {
  readonly name: string;
  /** A view into the archive's bytes. */
  readonly bytes: Uint8Array;
}

const BLOCK = 512;
/** Where fields of a header begin, and how long they are. */
const NAME = [0, 100] as const;
const SIZE = [124, 12] as const;
const CHECKSUM = [148, 8] as const;
const TYPE = 156;
const PREFIX = [345, 155] as const;
/** Types of plain files: "0", and 0 in archives from before POSIX. */
const FILE: ReadonlySet<number> = new Set([0x30, 0]);

/**
 * The plain files of an archive, in its order; folders and links are passed over.
 *
 * @throws {FormatError} Not an archive, damaged, truncated, or with names too long for ustar.
 */
export function* tarEntries(archive: Uint8Array): Generator<TarEntry> {
  let at = 0;
  while (at + BLOCK <= archive.length) {
    const header = archive.subarray(at, at + BLOCK);
    // Two empty blocks end an archive; one is enough to know.
    if (header.every((byte) => byte === 0)) return;
    checkHeader(header, at);
    const size = octal(header, SIZE);
    const start = at + BLOCK;
    if (start + size > archive.length) break;
    const type = header[TYPE];
    if (type === LONG_NAME || type === EXTENDED) {
      throw new FormatError(
        `tar at byte ${at}: expected names of up to 256 bytes, got an extension for longer ones. Write the archive with --format=ustar.`,
      );
    }
    if (FILE.has(type)) {
      yield { name: nameOf(header), bytes: archive.subarray(start, start + size) };
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new FormatError(
    `tar: expected a whole archive, got ${archive.length} bytes that end at byte ${at} without its end mark.`,
  );
}

/** GNU's and POSIX's ways to give a longer name: "L" and "x". */
const LONG_NAME = 0x4c;
const EXTENDED = 0x78;

/** The checksum is the sum of all bytes, its own eight taken as spaces. */
function checkHeader(header: Uint8Array, at: number): void {
  const [start, length] = CHECKSUM;
  let sum = 0x20 * length;
  header.forEach((byte, i) => {
    if (i < start || i >= start + length) sum += byte;
  });
  if (sum === octal(header, CHECKSUM)) return;
  throw new FormatError(`tar at byte ${at}: expected the header of a file, got other bytes.`);
}

function nameOf(header: Uint8Array): string {
  const prefix = text(header, PREFIX);
  return prefix === "" ? text(header, NAME) : `${prefix}/${text(header, NAME)}`;
}

function octal(header: Uint8Array, field: readonly [number, number]): number {
  return Number.parseInt(text(header, field).trim(), 8);
}

/** A field up to its first zero. */
function text(header: Uint8Array, [start, length]: readonly [number, number]): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}
