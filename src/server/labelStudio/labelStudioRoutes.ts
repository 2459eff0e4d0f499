/**
 * Maskwise as a machine learning backend of Label Studio: what a person says with smart keypoints and
 * rectangles comes back as a brush.
 *
 * @see https://github.com/HumanSignal/label-studio-ml-backend, label_studio_ml/api.py
 */

import { createHash, randomUUID } from "node:crypto";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { BACKGROUND } from "../../clicks/index.ts";
import { newSession, sayAll } from "../../session/index.ts";
import { bounded, JSON_BODY } from "../api/bodies.ts";
import { bytes, json, jsonBody, problems } from "../api/responses.ts";
import type { SessionParts } from "../api/sessionRoutes.ts";
import { Refusal } from "../refusal.ts";
import { labelConfig } from "./labelConfig.ts";
import { contextResult, questionOf } from "./questionOf.ts";
import { type LabelStudio, taskImage } from "./taskImage.ts";

export interface LabelStudioParts extends SessionParts {
  /** Where images of tasks are. */
  readonly labelStudio: LabelStudio | undefined;
  /** What predictions are marked with. */
  readonly modelVersion: string;
}

const MAX_TASKS = 1000;

const predictSchema = z
  .looseObject({
    tasks: z.array(z.looseObject({ data: z.record(z.string(), z.unknown()) })).max(MAX_TASKS),
    label_config: z.string(),
    params: z
      .looseObject({
        context: z.looseObject({ result: z.array(contextResult).default([]) }).nullish(),
      })
      .nullish(),
  })
  .openapi("LabelStudioPredict");

const setupSchema = z.looseObject({ schema: z.string().optional() }).openapi("LabelStudioSetup");
const webhookSchema = z.looseObject({ action: z.string() }).openapi("LabelStudioWebhook");
const modelSchema = z.object({ model_version: z.string() }).openapi("LabelStudioModel");
const statusSchema = z.object({ status: z.string() }).openapi("LabelStudioStatus");

export function labelStudioRoutes(app: OpenAPIHono, parts: LabelStudioParts): void {
  const { engine, sessions, limits, room, labelStudio, modelVersion } = parts;
  const tags = ["Label Studio"];
  const middleware = [bounded({ ...JSON_BODY, room, maxBytes: limits.maxFileBytes })];

  app.openapi(
    createRoute({
      method: "post",
      path: "/setup",
      tags,
      summary: "What predictions are marked with",
      middleware,
      request: { body: jsonBody(setupSchema) },
      responses: { 200: json(modelSchema, "The version"), ...problems(400) },
    }),
    (context) => context.json({ model_version: modelVersion }, 200),
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/webhook",
      tags,
      summary: "Take note of an event; nothing is trained",
      middleware,
      request: { body: jsonBody(webhookSchema) },
      responses: { 200: json(statusSchema, "Noted"), ...problems(400) },
    }),
    (context) => context.json({ status: "ok" }, 200),
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/predict",
      tags,
      summary: "The mask of what was said with smart keypoints and rectangles",
      description:
        "Of the first task. Without a context there is nothing to go by, and every task gets no result.",
      middleware,
      request: { body: jsonBody(predictSchema) },
      responses: {
        200: {
          description: "{ results: [{ result, score, model_version }] }, one for each task",
          content: bytes(["application/json"]),
        },
        ...problems(400, 413, 415, 429, 503),
      },
    }),
    async (context) => {
      const { tasks, label_config: xml, params } = context.req.valid("json");
      const { image, tag } = await labelConfig(xml);
      const said = questionOf(params?.context?.result ?? [], image.name);
      const [task] = tasks;
      if (said === undefined || task === undefined) {
        const nothing = { result: [], score: 0, model_version: modelVersion };
        return context.json({ results: tasks.map(() => nothing), model_version: modelVersion });
      }
      const address = task.data[image.field];
      if (typeof address !== "string") {
        const path = `tasks.0.data.${image.field}`;
        throw new Refusal(400, `${path}: expected the image's address, got nothing.`, path);
      }
      const { signal } = context.req.raw;
      // Who asks is not known: each request is a client of its own.
      const by = randomUUID();
      const file = await taskImage(address, labelStudio, limits.maxFileBytes, signal);
      const picture = sessions.fileOf(file);
      const size = await engine.open(picture, by, signal);
      const prompts = said.prompts(size);
      const session = sayAll(newSession(size, [BACKGROUND, said.label]), prompts);
      const revision = JSON.stringify(prompts);
      const { bytes, mediaType } = await engine.answer(
        {
          picture,
          session,
          revision,
          want: {
            kind: "prediction",
            modelVersion,
            tag,
            image: image.name,
            id: resultId(`${picture.key} ${revision}`),
            tasks: tasks.length,
          },
        },
        by,
        signal,
      );
      return context.body(Uint8Array.from(bytes), 200, { "Content-Type": mediaType });
    },
  );
}

/** The same for the same question; as long as Label Studio's own. */
function resultId(question: string): string {
  return createHash("sha256").update(question).digest("base64url").slice(0, 10);
}
