/**
 * The work on a folder of pictures, in files beside them: `maskwise/project.json` for what all have
 * in common, and for each picture `maskwise/NAME.json` (what was said about it) and
 * `maskwise/NAME.history.json` (earlier versions). docs/project.md describes them.
 *
 * A file is replaced whole or not at all, and only by who has seen what it says now: each reading
 * comes with a tag of the contents, and a writing names the tag it goes out from.
 */

import { createHash } from "node:crypto";
import { lstat, mkdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { FormatError } from "../formats/index.ts";
import { writeFileAtomically } from "../node/index.ts";
import { readHistory, readPhoto, readProject } from "../project/index.ts";
import { type OpenedPicture, stillThere } from "./pictures.ts";

const FOLDER = "maskwise";

/** Larger documents are refused with 413: 64 MiB. */
export const MAX_DOCUMENT_BYTES: number = 64 * 2 ** 20;

/** The tag of a file that is not there. */
const NO_FILE = "none";

/** What can be kept of a picture, and how it is checked. */
export const documents: Readonly<Record<DocumentName, PictureDocument>> = {
  record: { ending: ".json", read: readPhoto },
  history: { ending: ".history.json", read: readHistory },
};

export type DocumentName = "record" | "history";

interface PictureDocument {
  /** What its file's name ends with, after the picture's. */
  readonly ending: string;
  /** Throws a `FormatError` where it is not what it should be. */
  read(document: unknown, source: string): unknown;
}

export interface Kept {
  /** As JSON; `null` where there is no file. */
  readonly text: string;
  readonly tag: string;
}

/** Why a document was not read or written, as an HTTP status and a sentence. */
export interface Refused {
  readonly status: 400 | 404 | 409 | 412;
  readonly error: string;
}

export async function readPictureFile(
  picture: OpenedPicture,
  name: DocumentName,
): Promise<Kept | Refused> {
  const path = await pictureFile(picture, name);
  return typeof path === "string" ? readKept(path) : path;
}

/** @param tag Of what is replaced. */
export async function writePictureFile(
  picture: OpenedPicture,
  name: DocumentName,
  { body, tag }: { readonly body: Uint8Array; readonly tag: string },
): Promise<Kept | Refused> {
  const path = await pictureFile(picture, name);
  if (typeof path !== "string") return path;
  return writeKept(path, { body, tag, read: documents[name].read });
}

/** The project lies beside the first picture. */
export async function readProjectFile(pictures: readonly OpenedPicture[]): Promise<Kept | Refused> {
  const path = await projectFile(pictures);
  return typeof path === "string" ? readKept(path) : path;
}

export async function writeProjectFile(
  pictures: readonly OpenedPicture[],
  { body, tag }: { readonly body: Uint8Array; readonly tag: string },
): Promise<Kept | Refused> {
  const path = await projectFile(pictures);
  return typeof path === "string" ? writeKept(path, { body, tag, read: readProject }) : path;
}

/** Where a document of a picture is, or why it is nowhere. */
async function pictureFile(picture: OpenedPicture, name: DocumentName): Promise<string | Refused> {
  const path = await stillThere(picture);
  if (path === undefined) {
    return { status: 404, error: `picture: "${picture.name}" is no longer where it was.` };
  }
  return join(dirname(path), FOLDER, basename(path) + documents[name].ending);
}

async function projectFile([first]: readonly OpenedPicture[]): Promise<string | Refused> {
  if (!first) return { status: 404, error: "project: expected pictures, got none." };
  return join(dirname(first.path), FOLDER, "project.json");
}

async function readKept(path: string): Promise<Kept | Refused> {
  const refused = await notOurs(path);
  if (refused) return refused;
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return bytes === undefined
    ? { text: "null", tag: NO_FILE }
    : { text: bytes.toString("utf8"), tag: tagOf(bytes) };
}

interface Writing {
  readonly body: Uint8Array;
  readonly tag: string;
  /** Throws a `FormatError` where the body is not what it should be. */
  read(document: unknown, source: string): unknown;
}

/** By path: writings that come together go one after the other, so that each sees the one before. */
const underWay = new Map<string, Promise<unknown>>();

async function writeKept(path: string, writing: Writing): Promise<Kept | Refused> {
  const before = underWay.get(path) ?? Promise.resolve();
  const turn = before.then(() => writeNow(path, writing));
  const ended = turn.catch(() => {});
  underWay.set(path, ended);
  try {
    return await turn;
  } finally {
    if (underWay.get(path) === ended) underWay.delete(path);
  }
}

async function writeNow(path: string, { body, tag, read }: Writing): Promise<Kept | Refused> {
  const text = Buffer.from(body).toString("utf8");
  try {
    read(parsed(text), basename(path));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { status: 400, error: error.message };
  }
  const kept = await readKept(path);
  if ("error" in kept) return kept;
  if (kept.tag !== tag) {
    return {
      status: 412,
      error: `"${basename(path)}" has been changed by somebody else. Read it again first.`,
    };
  }
  await mkdir(dirname(path), { recursive: false }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  const refused = await notOurs(path);
  if (refused) return refused;
  await writeFileAtomically(path, body);
  return { text, tag: tagOf(body) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FormatError(`expected JSON, got "${(cause as Error).message}".`, { cause });
  }
}

/** Links are not followed: they could lead anywhere. */
async function notOurs(path: string): Promise<Refused | undefined> {
  const folder = await lstat(dirname(path)).catch(() => undefined);
  const file = await lstat(path).catch(() => undefined);
  if ((folder && !folder.isDirectory()) || (file && !file.isFile())) {
    return {
      status: 409,
      error: `expected "${path}" to be a file in a folder of that name, got a link or something else. Move it away.`,
    };
  }
  return undefined;
}

function tagOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64url").slice(0, 22);
}
