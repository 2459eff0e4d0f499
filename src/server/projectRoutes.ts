/**
 * The routes of a folder's project:
 *
 * - `GET /api/project`: `{ project, name, photos: [{ id, summary, problem? }] }`;
 * - `PUT /api/project`;
 * - `GET` and `PUT /api/images/:id/record` and `…/history`.
 *
 * A document that is not there is `null`. Answers carry its tag as `ETag`; `PUT` needs it as `If-Match`.
 */

import { basename, dirname } from "node:path";
import type { Context, Hono } from "hono";
import { FormatError } from "../formats/index.ts";
import { type PhotoSummary, statusOf } from "../project/index.ts";
import { boundedBody } from "./boundedBody.ts";
import type { OpenedPicture } from "./pictures.ts";
import {
  type DocumentName,
  documents,
  type Kept,
  MAX_DOCUMENT_BYTES,
  type Refused,
  readPictureFile,
  readProjectFile,
  writePictureFile,
  writeProjectFile,
} from "./projectFiles.ts";

export function projectRoutes(app: Hono, pictures: readonly OpenedPicture[]): void {
  const byId = new Map(pictures.map((picture) => [picture.id, picture]));

  app.get("/api/project", async (context) => {
    const kept = await readProjectFile(pictures);
    if ("error" in kept) return refuse(context, kept);
    const [first] = pictures;
    const about = {
      project: JSON.parse(kept.text),
      name: first ? basename(dirname(first.path)) : "",
      photos: await Promise.all(pictures.map(summary)),
    };
    return context.json(about, 200, { ETag: `"${kept.tag}"` });
  });
  app.put("/api/project", async (context) => {
    const writing = await writingOf(context);
    if (writing instanceof Response) return writing;
    return answer(context, await writeProjectFile(pictures, writing));
  });

  for (const name of Object.keys(documents) as DocumentName[]) {
    app.get(`/api/images/:id/${name}`, async (context) => {
      const picture = byId.get(context.req.param("id"));
      if (!picture) return missing(context);
      const kept = await readPictureFile(picture, name);
      if ("error" in kept) return refuse(context, kept);
      return context.body(kept.text, 200, {
        "Content-Type": "application/json",
        ETag: `"${kept.tag}"`,
      });
    });
    app.put(`/api/images/:id/${name}`, async (context) => {
      const picture = byId.get(context.req.param("id"));
      if (!picture) return missing(context);
      const writing = await writingOf(context);
      if (writing instanceof Response) return writing;
      return answer(context, await writePictureFile(picture, name, writing));
    });
  }
}

interface Summary {
  readonly id: string;
  readonly summary?: PhotoSummary;
  /** Why its record cannot be read. */
  readonly problem?: string;
}

async function summary(picture: OpenedPicture): Promise<Summary> {
  const { id } = picture;
  try {
    const kept = await readPictureFile(picture, "record");
    if ("error" in kept) return { id, problem: kept.error };
    const document: unknown = JSON.parse(kept.text);
    return document === null ? { id } : { id, summary: statusOf(document, `${picture.name}.json`) };
  } catch (error) {
    if (!(error instanceof FormatError || error instanceof SyntaxError)) throw error;
    return { id, problem: error.message };
  }
}

async function writingOf(
  context: Context,
): Promise<{ readonly body: Uint8Array; readonly tag: string } | Response> {
  const tag = /^"([\w-]+)"$/.exec(context.req.header("if-match") ?? "")?.[1];
  if (tag === undefined) {
    const error = 'If-Match: expected the tag of what is replaced, such as "none".';
    return context.json({ error }, 428);
  }
  const body = await boundedBody(context.req.raw, MAX_DOCUMENT_BYTES);
  if (body !== undefined) return { body, tag };
  const error = `document: expected at most ${MAX_DOCUMENT_BYTES / 2 ** 20} MiB, got more.`;
  return context.json({ error }, 413);
}

function answer(context: Context, kept: Kept | Refused): Response {
  if ("error" in kept) return refuse(context, kept);
  return context.body(null, 204, { ETag: `"${kept.tag}"` });
}

function refuse(context: Context, { status, error }: Refused): Response {
  return context.json({ error }, status);
}

function missing(context: Context): Response {
  return context.json({ error: "picture: expected the id of one that is open." }, 404);
}
