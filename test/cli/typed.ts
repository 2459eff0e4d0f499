/** The command line run in this process, and a photo to run it on. */

import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { runCommandLine } from "../../src/cli/runCommandLine.ts";
import type { Terminal } from "../../src/cli/terminal.ts";

export interface Typed {
  /** The exit code. */
  readonly code: number;
  /** What came on standard output. */
  readonly result: Buffer;
  /** What came on standard error. */
  readonly talk: string;
}

/** Run `maskwise WORDS…`; the terminal can be another in parts. */
export async function type(
  words: readonly string[],
  terminal: Partial<Terminal> = {},
): Promise<Typed> {
  const result: Buffer[] = [];
  const talk: string[] = [];
  const code = await runCommandLine(words, {
    result: async (data) => void result.push(Buffer.from(data as string)),
    resultsAreShown: false,
    columns: undefined,
    now: () => performance.now(),
    browse: () => Promise.reject(new Error("no browser in tests")),
    interrupted: () => Promise.resolve(),
    ...terminal,
    talk: (text) => {
      talk.push(text);
      terminal.talk?.(text);
    },
  });
  return { code, result: Buffer.concat(result), talk: talk.join("") };
}

export const WIDTH = 60;
export const HEIGHT = 40;

/** A bright disc around (20, 20), radius 10, on a dark ground; 60×40. */
export function disc(): Uint8Array {
  return Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => {
    const at = Math.floor(i / 3);
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
    const isDisc = (x - 20) ** 2 + (y - 20) ** 2 <= 100;
    return (isDisc ? [240, 200, 60] : [20, 40, 60])[i % 3];
  });
}

/** Write the photo of the disc; the format is told by the name. */
export async function writePhoto(path: string): Promise<string> {
  await sharp(disc(), { raw: { width: WIDTH, height: HEIGHT, channels: 3 } }).toFile(path);
  return path;
}

/** Grey values of a written PNG. */
export async function grey(
  path: string | Buffer,
): Promise<{ width: number; height: number; data: Buffer }> {
  const { data, info } = await sharp(path)
    .toColourspace("b-w")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** Everything in a folder, with contents: what must be the same where nothing is written or lost. */
export function contents(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => {
        const path = join(folder, name);
        const isFile = lstatSync(path).isFile();
        return [name, isFile ? readFileSync(path, "base64") : "no file"];
      }),
  );
}
