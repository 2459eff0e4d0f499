/** The routes of the annotator. Files in and out; everything about masks happens in the page. */

import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { type Context, Hono } from "hono";
import { type FormatName, formatNames } from "../formats/index.ts";
import { onlyNeighbours, onlyWithToken } from "./access.ts";
import { boundedBody } from "./boundedBody.ts";
import { HEADERS, type Page } from "./page.ts";
import { type OpenedPicture, stillThere } from "./pictures.ts";
import { projectRoutes } from "./projectRoutes.ts";
import { hasGone } from "./refusal.ts";
import { MAX_MASK_BYTES, saveMask } from "./saveMask.ts";
import { shownAsPng } from "./shownAsPng.ts";

export interface AnnotatorAppOptions {
  readonly page: Page;
  readonly pictures: readonly OpenedPicture[];
  /** Name of the model the page starts with. */
  readonly model: string;
  readonly token: string;
  /** The port listened on, asked at every request. */
  readonly port: () => number;
  /** Told what went wrong on our side. */
  readonly report: (error: Error) => void;
}

/** Where a person finds the token. */
const TOKEN_IS = "the one behind # in the printed address. Open that address";

/**
 * - `GET /` the page, which holds nothing of the user's and needs no token;
 * - `GET /NAME` the files beside it, weights of models and WebAssembly, likewise;
 * - `GET /api/images` what is open: `{ images: [{ id, name, bytes }], model }`;
 * - `GET /api/images/:id` the bytes of a picture file, or what browsers show of it;
 * - `POST /api/masks/:id?format=png` saves the body beside the picture: `{ path }`;
 * - what was said about the pictures, kept in files beside them: see projectRoutes.ts.
 *
 * What fails answers `{ error }` with a status of 400 or more.
 */
export function annotatorApp(options: AnnotatorAppOptions): Hono {
  const { page, pictures, model, token, port, report } = options;
  const byId = new Map(pictures.map((picture) => [picture.id, picture]));
  const app = new Hono();

  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(HEADERS)) {
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
    }
  });
  app.use(onlyNeighbours({ port }));
  app.use("/api/*", onlyWithToken(token, TOKEN_IS));

  for (const path of ["/", "/index.html"]) {
    app.get(path, (context) => context.html(page.html, 200, { ...page.headers }));
  }
  for (const { name, path, headers } of page.assets) {
    app.get(`/${name}`, (context) =>
      context.body(Readable.toWeb(createReadStream(path)) as ReadableStream, 200, { ...headers }),
    );
  }
  app.get("/api/images", (context) =>
    context.json({ images: pictures.map(({ id, name, bytes }) => ({ id, name, bytes })), model }),
  );
  app.get("/api/images/:id", async (context) => {
    const picture = byId.get(context.req.param("id"));
    const path = picture && (await stillThere(picture));
    if (!picture || path === undefined) return missing(context);
    if (picture.isConverted) {
      return context.body(await shownAsPng(path), 200, { "Content-Type": picture.mediaType });
    }
    return context.body(Readable.toWeb(createReadStream(path)) as ReadableStream, 200, {
      "Content-Type": picture.mediaType,
    });
  });
  app.post("/api/masks/:id", async (context) => {
    const picture = byId.get(context.req.param("id"));
    if (!picture) return missing(context);
    const format = formatNames.find((name) => name === context.req.query("format"));
    if (format === undefined) return wrongFormat(context, formatNames);
    const body = await boundedBody(context.req.raw, MAX_MASK_BYTES);
    if (body === undefined) return tooLarge(context);
    const saved = await saveMask(picture, format, body, pictures);
    return typeof saved === "string"
      ? context.json({ path: saved })
      : context.json({ error: saved.error }, saved.status);
  });
  projectRoutes(app, pictures);
  app.notFound((context) => context.json({ error: "nothing here" }, 404));
  app.onError((error, context) => {
    if (!hasGone(error)) report(error);
    return context.json({ error: error.message }, 500);
  });
  return app;
}

function missing(context: Context): Response {
  return context.json({ error: "picture: expected the id of one that is open." }, 404);
}

function wrongFormat(context: Context, names: readonly FormatName[]): Response {
  return context.json({ error: `format: expected one of ${names.join(", ")}.` }, 400);
}

function tooLarge(context: Context): Response {
  const limit = `${MAX_MASK_BYTES / 2 ** 20} MiB`;
  return context.json({ error: `mask: expected at most ${limit}, got more.` }, 413);
}
