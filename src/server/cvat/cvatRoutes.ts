/**
 * Maskwise as a function that CVAT asks by itself: the part of nuclio's dashboard that CVAT talks to,
 * with one function, an interactor.
 *
 * @see https://github.com/cvat-ai/cvat, cvat/apps/lambda_manager/views.py
 */

import { randomUUID } from "node:crypto";
import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { BACKGROUND, OBJECT, type Prompt } from "../../clicks/index.ts";
import { type PixelPoint, pixel, type Size } from "../../image/index.ts";
import { newSession, sayAll } from "../../session/index.ts";
import { bounded, JSON_BODY } from "../api/bodies.ts";
import { bytes, json, jsonBody, problems } from "../api/responses.ts";
import type { SessionParts } from "../api/sessionRoutes.ts";
import { Refusal } from "../refusal.ts";
import { INTERACTOR_LABELS } from "./interactorAnswer.ts";

const NAME = "maskwise";

/** CVAT writes numbers and truths in these notes as text, and reads them so. */
const ABOUT = {
  metadata: {
    name: NAME,
    annotations: {
      name: "Maskwise",
      type: "interactor",
      spec: "",
      version: "2",
      min_pos_points: "1",
      min_neg_points: "0",
      startswith_box_optional: "true",
      animated_gif: "",
      help_message:
        "Click on the object, then correct the mask with positive and negative points, or begin with a box.",
    },
    labels: {},
  },
  spec: { description: "Every click is obeyed exactly and can be taken back." },
  status: { state: "ready" },
};

const functionSchema = z.record(z.string(), z.unknown()).openapi("CvatFunction");

const spot = z.tuple([z.number(), z.number()]).openapi({
  description: "x and y, (0, 0) the corner of the first pixel.",
});

const callSchema = z
  .looseObject({
    image: z.string().min(1).openapi({ description: "The picture's file in base64." }),
    pos_points: z.array(spot).default([]),
    neg_points: z.array(spot).default([]),
    obj_bbox: z
      .union([
        z.tuple([spot, spot]),
        z.tuple([z.number(), z.number(), z.number(), z.number()]),
        z.tuple([]),
      ])
      .nullish(),
    threshold: z.number().min(0).max(1).optional(),
  })
  .openapi("CvatCall");

type Call = z.infer<typeof callSchema>;

export function cvatRoutes(
  app: OpenAPIHono,
  { engine, sessions, limits, room }: SessionParts,
): void {
  const tags = ["CVAT"];

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/functions",
      tags,
      summary: "The functions of this server, as nuclio lists them",
      responses: {
        200: json(z.record(z.string(), functionSchema), "One, by name"),
        ...problems(),
      },
    }),
    (context) => context.json({ [NAME]: ABOUT }, 200),
  );

  app.openapi(
    createRoute({
      method: "get",
      path: "/api/functions/{name}",
      tags,
      summary: "A function, as nuclio describes it",
      request: { params: z.object({ name: z.string() }) },
      responses: { 200: json(functionSchema, "The function"), ...problems(404) },
    }),
    (context) => {
      checkName(context.req.valid("param").name);
      return context.json(ABOUT, 200);
    },
  );

  app.openapi(
    createRoute({
      method: "post",
      path: "/api/function_invocations",
      tags,
      summary: "Segment what points and a box say, as a CVAT interactor",
      middleware: [
        bounded({ ...JSON_BODY, room, maxBytes: Math.ceil(limits.maxFileBytes * BASE64) }),
      ],
      request: {
        headers: z.object({ "x-nuclio-function-name": z.string().default(NAME) }),
        body: jsonBody(callSchema),
      },
      responses: {
        200: { description: "{ points, mask }", content: bytes(["application/json"]) },
        ...problems(400, 404, 413, 415, 429, 503),
      },
    }),
    async (context) => {
      checkName(context.req.valid("header")["x-nuclio-function-name"]);
      const call = context.req.valid("json");
      const picture = sessions.fileOf(inBase64(call.image));
      const { signal } = context.req.raw;
      // Who asks is not known: each request is a client of its own.
      const by = randomUUID();
      const size = await engine.open(picture, by, signal);
      const prompts = promptsOf(call, size);
      if (prompts.every(({ says }) => says === BACKGROUND)) {
        throw new Refusal(400, "pos_points: expected a point or a box, got none.", "pos_points");
      }
      const session = sayAll(newSession(size, INTERACTOR_LABELS), prompts);
      const { threshold } = call;
      const { bytes, mediaType } = await engine.answer(
        {
          picture,
          session,
          revision: JSON.stringify(prompts),
          want: { kind: "interactor", ...(threshold !== undefined && { threshold }) },
        },
        by,
        signal,
      );
      return context.body(Uint8Array.from(bytes), 200, { "Content-Type": mediaType });
    },
  );
}

/** How much longer bytes are in base64, with some room for points. */
const BASE64 = 1.34;

function checkName(name: string): void {
  if (name === NAME) return;
  throw new Refusal(404, `function: expected "${NAME}", the only one here, got "${name}".`);
}

function inBase64(text: string): Uint8Array {
  const picture = Buffer.from(text, "base64");
  if (picture.length > 0) return picture;
  throw new Refusal(400, "image: expected a picture's file in base64.", "image");
}

function promptsOf({ pos_points, neg_points, obj_bbox }: Call, size: Size): readonly Prompt[] {
  const click = (says: string) => (at: readonly [number, number]) =>
    ({ kind: "click", at: pixelAt(at, size), says }) as const;
  const [x0, y0, x1, y1] = (obj_bbox ?? []).flat();
  return [
    ...(x0 === undefined
      ? []
      : [
          {
            kind: "box",
            from: pixelAt([x0, y0], size),
            to: pixelAt([x1, y1], size),
            says: OBJECT,
          } as const,
        ]),
    ...pos_points.map(click(OBJECT)),
    ...neg_points.map(click(BACKGROUND)),
  ];
}

/** The pixel that a position lies in; positions a little outside are those at the border. */
function pixelAt([x, y]: readonly [number, number], { width, height }: Size): PixelPoint {
  const within = (value: number, side: number) =>
    Math.min(side - 1, Math.max(0, Math.floor(value)));
  return pixel(within(x, width), within(y, height));
}
