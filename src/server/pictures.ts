/** The picture files a person opened: found once, named by ids that say nothing, checked at every use. */

import { createHash } from "node:crypto";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename, extname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { fileProblem } from "../node/index.ts";

/** What browsers decode, by file name ending. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".png": "image/png",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".gif": "image/gif",
};

/** What browsers do not show, and gets to the page as PNG. */
const CONVERTED: ReadonlySet<string> = new Set([".tif", ".tiff", ".dcm"]);

const ENDINGS: readonly string[] = [...Object.keys(MEDIA_TYPES), ...CONVERTED];

/** Masks saved beside photos end like this and are no photos. */
const MASK_ENDING = /\.mask\.png$/i;

export interface OpenedPicture {
  /** Opaque; the same for the same file while the server runs. */
  readonly id: string;
  readonly name: string;
  /** Resolved: absolute, through all symbolic links. */
  readonly path: string;
  readonly bytes: number;
  /** Of what the page gets. */
  readonly mediaType: string;
  /** Whether the page gets something else than the file. */
  readonly isConverted: boolean;
}

export interface Opened {
  readonly pictures: readonly OpenedPicture[];
  /** What was passed over in folders, and why, one line each. */
  readonly passedOver: readonly string[];
}

/**
 * Find the pictures behind file and folder names; folders are not entered deeper.
 *
 * @param paths  Files and folders.
 * @param secret Makes ids that nobody else can tell or guess.
 * @throws {Error} A path that is not there, or a file that is no picture.
 */
export async function openPictures(paths: readonly string[], secret: string): Promise<Opened> {
  const found = new Map<string, OpenedPicture>();
  const passedOver: string[] = [];
  for (const path of paths) {
    const status = await stat(path).catch((cause) => {
      throw fileProblem("annotate", `a picture or a folder at "${path}"`, cause);
    });
    const folder = status.isDirectory() ? await realpath(path) : undefined;
    const files = folder === undefined ? [resolve(path)] : await picturesIn(folder);
    for (const file of files) {
      const picture = await openPicture(file, folder, secret);
      if (typeof picture === "string") passedOver.push(picture);
      else if (!found.has(picture.path)) found.set(picture.path, picture);
    }
  }
  if (paths.length > 0 && found.size === 0) {
    throw new Error(
      `annotate: expected pictures (${ENDINGS.join(", ")}) in ${paths.map((path) => `"${path}"`).join(", ")}, got none. Name a folder that has some.`,
    );
  }
  return { pictures: [...found.values()], passedOver };
}

/**
 * Where a picture is now, or `undefined` when it has gone or been replaced by a link to elsewhere.
 * Called before every use: the folder may have changed since it was opened.
 */
export async function stillThere({ path }: OpenedPicture): Promise<string | undefined> {
  const now = await realpath(path).catch(() => undefined);
  return now === path && (await stat(path).catch(() => undefined))?.isFile() ? path : undefined;
}

async function picturesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((cause) => {
    throw fileProblem("annotate", `to be allowed to list the folder "${folder}"`, cause);
  });
  return names
    .filter(
      (name) =>
        !name.startsWith(".") &&
        !MASK_ENDING.test(name) &&
        ENDINGS.includes(extname(name).toLowerCase()),
    )
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .map((name) => join(folder, name));
}

/** @returns the picture, or why a file of a folder is passed over; a named file throws instead. */
async function openPicture(
  file: string,
  folder: string | undefined,
  secret: string,
): Promise<OpenedPicture | string> {
  const path = await realpath(file).catch(() => undefined);
  if (path === undefined) return `${file}: a link to nothing`;
  if (folder !== undefined && leaves(folder, path)) return `${file}: a link out of the folder`;
  const ending = extname(path).toLowerCase();
  const isConverted = CONVERTED.has(ending);
  const mediaType = isConverted ? "image/png" : MEDIA_TYPES[ending];
  const status = await stat(path);
  if (mediaType === undefined || !status.isFile()) {
    const problem = `expected a picture (${ENDINGS.join(", ")})`;
    if (folder !== undefined) return `${file}: ${problem}`;
    throw new Error(`annotate: ${problem}, got "${file}". Convert it to PNG first.`);
  }
  return {
    id: createHash("sha256").update(`${secret}\0${path}`).digest("base64url").slice(0, 22),
    name: basename(file),
    path,
    bytes: status.size,
    mediaType,
    isConverted,
  };
}

function leaves(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside);
}
