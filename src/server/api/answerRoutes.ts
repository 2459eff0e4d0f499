/** What a session has found: its mask in any format, how sure it is, and how probable each label. */

import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import {
  annotationFormatNames,
  annotationFormats,
  type FormatName,
  formatNames,
  formats,
} from "../../formats/index.ts";
import { state } from "../../session/index.ts";
import { Refusal } from "../refusal.ts";
import { ANNOTATION_MEDIA_TYPES, type Want } from "../segmenting/answers.ts";
import { bytes, json, problems } from "./responses.ts";
import { annotationFormatSchema, formatSchema } from "./schemas.ts";
import type { SessionParts } from "./sessionRoutes.ts";
import type { OpenSession } from "./sessions.ts";

const params = z.object({ id: z.string() });

/** Told beside the bytes, so that who draws need not count. */
const AREAS = "Maskwise-Areas";

const headers = z.object({
  [AREAS]: z.string().openapi({
    description: 'How many pixels each label has, in JSON: [{"label":"object","pixels":900}].',
  }),
});

export function answerRoutes(app: OpenAPIHono, { engine, sessions }: SessionParts): void {
  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/formats",
      summary: "The formats that masks and annotations are written in",
      responses: {
        200: json(
          z
            .object({
              masks: z.array(
                z.object({
                  name: formatSchema,
                  words: z.string(),
                  extension: z.string(),
                  mediaType: z.string(),
                  maxLabels: z.number().int(),
                  holdsUnsure: z.boolean(),
                }),
              ),
              annotations: z.array(z.object({ name: annotationFormatSchema, words: z.string() })),
            })
            .openapi("Formats"),
          "All of them",
        ),
        ...problems(),
      },
    }),
    (context) =>
      context.json(
        {
          masks: formatNames.map((name) => {
            const { words, extension, mediaType, maxLabels, holdsUnsure } = formats[name];
            return { name, words, extension, mediaType, maxLabels, holdsUnsure };
          }),
          annotations: annotationFormatNames.map((name) => {
            const { words } = annotationFormats[name];
            return { name, words };
          }),
        },
        200,
      ),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/sessions/{id}/mask",
      summary: "The mask, in a format",
      request: {
        params,
        query: z.object({
          format: formatSchema.optional().openapi({
            description: "png where nothing else is asked for, indexed-png with `unsure`",
          }),
          unsure: z.coerce.number().gt(0).max(1).optional().openapi({
            description: "Pixels at least this undecided are left to nobody, as 255",
          }),
        }),
      },
      responses: {
        200: {
          description: "The mask's file",
          headers,
          content: bytes([...new Set(formatNames.map((name) => formats[name].mediaType))]),
        },
        ...problems(400, 404, 429, 503),
      },
    }),
    (context) => {
      const { unsure, format = unsure === undefined ? "png" : "indexed-png" } =
        context.req.valid("query");
      const open = sessions.get(context.req.valid("param").id);
      checkLabels(open, format);
      if (unsure !== undefined) checkUnsure(format);
      return answer(context, open, { kind: "mask", format, picture: open.name, unsure });
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/sessions/{id}/annotations",
      summary: "The objects as annotations, in a data set's format",
      description: "One file, or a zip archive where the format has several.",
      request: { params, query: z.object({ format: annotationFormatSchema }) },
      responses: {
        200: { description: "The file", headers, content: bytes(ANNOTATION_MEDIA_TYPES) },
        ...problems(400, 404, 429, 503),
      },
    }),
    (context) => {
      const { format } = context.req.valid("query");
      const open = sessions.get(context.req.valid("param").id);
      return answer(context, open, { kind: "annotations", format, picture: open.name });
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/sessions/{id}/uncertainty",
      summary: "How unsure the mask is of each pixel",
      description: "Black where it is sure, white where it is undecided.",
      request: { params },
      responses: {
        200: { description: "A grey PNG", headers, content: bytes(["image/png"]) },
        ...problems(404, 429, 503),
      },
    }),
    (context) =>
      answer(context, sessions.get(context.req.valid("param").id), { kind: "uncertainty" }),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/sessions/{id}/probability/{label}",
      summary: "How probable a label is at each pixel",
      description: "Black for 0, white for 1.",
      request: { params: params.extend({ label: z.string() }) },
      responses: {
        200: { description: "A grey PNG", headers, content: bytes(["image/png"]) },
        ...problems(400, 404, 429, 503),
      },
    }),
    (context) => {
      const { id, label } = context.req.valid("param");
      return answer(context, sessions.get(id), { kind: "probability", label });
    },
  );

  async function answer(
    context: Context,
    { id, picture, session, revision }: OpenSession,
    want: Want,
  ): Promise<Response> {
    const { bytes, mediaType, areas } = await engine.answer(
      { picture, session, revision: `${id} ${revision}`, want },
      id,
      context.req.raw.signal,
    );
    return context.body(Uint8Array.from(bytes), 200, {
      "Content-Type": mediaType,
      [AREAS]: inAscii(JSON.stringify(areas)),
    });
  }
}

function checkLabels({ session }: OpenSession, format: FormatName): void {
  const { labels } = state(session);
  const { maxLabels } = formats[format];
  if (labels.length <= maxLabels) return;
  throw new Refusal(
    400,
    `format: expected one that holds ${labels.length} labels, got "${format}", which holds ${maxLabels}.`,
    "format",
  );
}

function checkUnsure(format: FormatName): void {
  if (formats[format].holdsUnsure) return;
  const able = formatNames.filter((name) => formats[name].holdsUnsure).join(", ");
  throw new Refusal(
    400,
    `format: expected one with a value for unsure pixels (${able}), got "${format}".`,
    "format",
  );
}

/** Headers hold ASCII; labels may be in any script. */
function inAscii(text: string): string {
  return text.replace(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
