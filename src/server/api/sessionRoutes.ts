/** Sessions: open one on a picture, say things, take them back, close it. */

import { randomUUID } from "node:crypto";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { readMaskFile } from "../../formats/index.ts";
import {
  addLabel,
  newSession,
  redo,
  removeLabel,
  renameLabel,
  restart,
  type Session,
  sayAll,
  startFrom,
  takeBack,
  undo,
} from "../../session/index.ts";
import type { Engine } from "../segmenting/engine.ts";
import { bounded, JSON_BODY, MASK_BODY, PICTURE_BODY, type Room } from "./bodies.ts";
import type { Limits } from "./limits.ts";
import { bytes, json, jsonBody, problems } from "./responses.ts";
import {
  labelSchema,
  promptsSchema,
  renameSchema,
  type SessionView,
  sessionSchema,
  sessionView,
} from "./schemas.ts";
import type { OpenSession, Sessions } from "./sessions.ts";

export interface SessionParts {
  readonly engine: Engine;
  readonly sessions: Sessions;
  readonly limits: Limits;
  readonly room: Room;
}

const params = z.object({
  id: z.string().openapi({ description: "The session's, from its opening." }),
});

export function sessionRoutes(app: OpenAPIHono, parts: SessionParts): void {
  const { engine, sessions, limits, room } = parts;
  const jsonLimit = bounded({ ...JSON_BODY, room, maxBytes: limits.maxJsonBytes });

  app.openapi(
    createRoute({
      method: "post",
      path: "/v1/sessions",
      summary: "Open a session on a picture",
      description:
        "The body is the picture's file. It is looked at once, here; answers after that are quick.",
      middleware: [bounded({ ...PICTURE_BODY, room, maxBytes: limits.maxFileBytes })],
      request: {
        query: z.object({
          name: z.string().max(255).default("picture").openapi({
            description: "The picture's file name, which some formats of masks hold.",
          }),
          label: z
            .union([z.string(), z.array(z.string()).max(255)])
            .default("object")
            .openapi({ description: "Once for each label but the background." }),
        }),
        body: {
          required: true,
          content: bytes(["image/jpeg", "image/png", "image/*", "application/octet-stream"]),
        },
      },
      responses: {
        201: json(sessionSchema, "Open"),
        ...problems(400, 413, 415, 429, 503),
      },
    }),
    async (context) => {
      const { name, label } = context.req.valid("query");
      const labels = ["background", ...[label].flat()];
      // What is wrong with the labels is found before the picture is looked at.
      newSession({ width: 1, height: 1 }, labels);
      const picture = sessions.fileOf(new Uint8Array(await context.req.arrayBuffer()));
      const size = await engine.open(picture, randomUUID(), context.req.raw.signal);
      const opened = sessions.open(picture, name, newSession(size, labels));
      return context.json(sessionView(opened), 201);
    },
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/v1/sessions/{id}",
      summary: "What is in force in a session",
      request: { params },
      responses: { 200: json(sessionSchema, "The session"), ...problems(404) },
    }),
    (context) => context.json(sessionView(sessions.get(context.req.valid("param").id)), 200),
  );

  app.openapi(
    createRoute({
      method: "delete",
      path: "/v1/sessions/{id}",
      summary: "Close a session and forget its picture",
      request: { params },
      responses: { 204: { description: "Closed" }, ...problems(404) },
    }),
    (context) => {
      sessions.close(sessions.get(context.req.valid("param").id).id);
      return context.body(null, 204);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/v1/sessions/{id}/prompts",
      summary: "Say things: clicks, strokes, boxes",
      description: "All of them are taken, or none where one is wrong.",
      middleware: [jsonLimit],
      request: { params, body: jsonBody(promptsSchema) },
      responses: changed(),
    }),
    (context) => {
      const { prompts } = context.req.valid("json");
      return context.json(
        change(context.req.valid("param").id, (now) => sayAll(now, prompts)),
        200,
      );
    },
  );

  app.openapi(
    createRoute({
      method: "delete",
      path: "/v1/sessions/{id}/prompts/{prompt}",
      summary: "Take one thing back, as if it had never been said",
      request: { params: params.extend({ prompt: z.string() }) },
      responses: changed(),
    }),
    (context) => {
      const { id, prompt } = context.req.valid("param");
      return context.json(
        change(id, (now) => takeBack(now, prompt)),
        200,
      );
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/v1/sessions/{id}/labels",
      summary: "Add a label",
      middleware: [jsonLimit],
      request: { params, body: jsonBody(labelSchema) },
      responses: changed(),
    }),
    (context) => {
      const { label } = context.req.valid("json");
      return context.json(
        change(context.req.valid("param").id, (now) => addLabel(now, label)),
        200,
      );
    },
  );

  const ofLabel = params.extend({ label: z.string() });

  app.openapi(
    createRoute({
      method: "patch",
      path: "/v1/sessions/{id}/labels/{label}",
      summary: "Give a label another name",
      middleware: [jsonLimit],
      request: { params: ofLabel, body: jsonBody(renameSchema) },
      responses: changed(),
    }),
    (context) => {
      const { id, label } = context.req.valid("param");
      const { to } = context.req.valid("json");
      return context.json(
        change(id, (now) => renameLabel(now, label, to)),
        200,
      );
    },
  );

  app.openapi(
    createRoute({
      method: "delete",
      path: "/v1/sessions/{id}/labels/{label}",
      summary: "Remove a label and all that was said with it",
      request: { params: ofLabel },
      responses: changed(),
    }),
    (context) => {
      const { id, label } = context.req.valid("param");
      return context.json(
        change(id, (now) => removeLabel(now, label)),
        200,
      );
    },
  );

  app.openapi(
    createRoute({
      method: "put",
      path: "/v1/sessions/{id}/start",
      summary: "Start from a mask that is there already",
      description: "A PNG (black and white, or with a palette) or COCO JSON of the picture's size.",
      middleware: [bounded({ ...MASK_BODY, room, maxBytes: limits.maxFileBytes })],
      request: {
        params,
        body: { required: true, content: bytes(["image/png", "application/json"]) },
      },
      responses: { ...changed(), ...problems(413, 415, 429) },
    }),
    async (context) => {
      const { id } = context.req.valid("param");
      const { name } = sessions.get(id);
      const file = new Uint8Array(await context.req.arrayBuffer());
      const { mask } = readMaskFile(file, { picture: name });
      return context.json(
        change(id, (now) => startFrom(now, mask)),
        200,
      );
    },
  );

  for (const [word, summary, step] of STEPS) {
    app.openapi(
      createRoute({
        method: "post",
        path: `/v1/sessions/{id}/${word}`,
        summary,
        request: { params },
        responses: changed(),
      }),
      (context) => context.json(change(context.req.valid("param").id, step), 200),
    );
  }

  /** The next state of a session, and how clients see it. */
  function change(id: string, next: (now: Session) => Session): SessionView {
    const open: OpenSession = sessions.get(id);
    const session = next(open.session);
    if (session !== open.session) open.revision++;
    open.session = session;
    return sessionView(open);
  }
}

const STEPS: readonly (readonly [string, string, (now: Session) => Session])[] = [
  ["undo", "Take the last change back", undo],
  ["redo", "Bring the last undone change back", redo],
  ["restart", "Forget everything said, and the mask started from", restart],
];

function changed() {
  return { 200: json(sessionSchema, "The session after that"), ...problems(400, 404) };
}
