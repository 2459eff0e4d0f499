/** The application that other programs talk to: who may, what for, and what went wrong. */

import { OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { cors } from "hono/cors";
import { HTTPException } from "hono/http-exception";
import { FormatError } from "../../formats/index.ts";
import { type Neighbours, onlyNeighbours, onlyWithToken } from "../access.ts";
import { cvatRoutes } from "../cvat/cvatRoutes.ts";
import { labelStudioRoutes } from "../labelStudio/labelStudioRoutes.ts";
import type { LabelStudio } from "../labelStudio/taskImage.ts";
import { HEADERS } from "../page.ts";
import { hasGone, Refusal } from "../refusal.ts";
import type { Engine } from "../segmenting/engine.ts";
import { answerRoutes } from "./answerRoutes.ts";
import type { Limits } from "./limits.ts";
import { json, problems } from "./responses.ts";
import { sessionRoutes } from "./sessionRoutes.ts";
import { openSessions } from "./sessions.ts";

export interface ApiOptions {
  readonly engine: Engine;
  readonly limits: Limits;
  readonly token: string;
  readonly neighbours: Neighbours;
  /** What segments, and the version of this package: part of what answers depend on. */
  readonly model: string;
  readonly version: string;
  /** Where images of Label Studio's tasks are. */
  readonly labelStudio: LabelStudio | undefined;
  /** A clock in milliseconds. */
  readonly now: () => number;
  /** Told what went wrong on our side. */
  readonly report: (error: Error) => void;
}

/** Routes that hold nothing of the user's, and are asked by who has no token. */
const PUBLIC: ReadonlySet<string> = new Set(["/health", "/openapi.json"]);

/** Where a person finds the token. */
const TOKEN_IS =
  'that of the server\'s start, as "Authorization: Bearer TOKEN" or as the password of Basic';

/** What fails answers `{ error }`, and where the fault has a place in the request, its `path`. */
export function apiApp(options: ApiOptions): OpenAPIHono {
  const { engine, limits, token, neighbours, model, version, now, report } = options;
  const { origins = [] } = neighbours;
  const sessions = openSessions(limits, now, engine.forget);
  const room = { maxBytes: limits.maxArrivingBytes, taken: 0 };
  const app = new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw fault(result.error.issues[0]);
    },
  });

  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(HEADERS)) {
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
    }
  });
  app.use(onlyNeighbours(neighbours));
  if (origins.length > 0) {
    app.use(cors({ origin: [...origins], exposeHeaders: ["Maskwise-Areas", "Retry-After"] }));
  }
  const needsToken = onlyWithToken(token, TOKEN_IS);
  app.use((context, next) => (PUBLIC.has(context.req.path) ? next() : needsToken(context, next)));

  app.openAPIRegistry.registerComponent("securitySchemes", "token", {
    type: "http",
    scheme: "bearer",
  });
  app.doc31("/openapi.json", {
    openapi: "3.1.0",
    info: {
      title: "Maskwise",
      version,
      description:
        "Cut objects out of pictures by saying what is where. Everything stays on this machine.",
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    security: [{ token: [] }],
  });

  app.openapi(
    {
      method: "get",
      path: "/health",
      summary: "Whether the server is up",
      security: [],
      responses: {
        200: json(
          z.object({ status: z.literal("UP"), model_class: z.string() }).openapi("Health"),
          "Up",
        ),
      },
    },
    (context) => context.json({ status: "UP" as const, model_class: "Maskwise" }, 200),
  );
  app.openapi(
    {
      method: "get",
      path: "/v1/about",
      summary: "What segments here, what it may take, and what it takes now",
      responses: { 200: json(aboutSchema, "About"), ...problems() },
    },
    (context) =>
      context.json(
        {
          version,
          model,
          limits: { ...limits },
          now: { sessions: sessions.count, storedBytes: sessions.storedBytes, ...engine.state() },
        },
        200,
      ),
  );

  const parts = { engine, sessions, limits, room };
  sessionRoutes(app, parts);
  answerRoutes(app, parts);
  labelStudioRoutes(app, {
    ...parts,
    labelStudio: options.labelStudio,
    modelVersion: `maskwise-${version}-${model}`,
  });
  cvatRoutes(app, parts);

  app.notFound((context) => context.json({ error: "nothing here: see /openapi.json" }, 404));
  app.onError((error, context) => told(error, context, report));
  return app;
}

const aboutSchema = z
  .object({
    version: z.string(),
    model: z.string(),
    limits: z.record(z.string(), z.number()),
    now: z.object({
      sessions: z.number().int(),
      storedBytes: z.number(),
      encodedBytes: z.number(),
      underWay: z.number().int(),
    }),
  })
  .openapi("About");

/** The first thing that is wrong, with its place. */
function fault({ path, message }: { path: readonly PropertyKey[]; message: string }): Refusal {
  const place = path.map(String).join(".");
  return new Refusal(400, place === "" ? message : `${place}: ${message}`, place || undefined);
}

function told(error: Error, context: Context, report: (error: Error) => void): Response {
  if (error instanceof Refusal) {
    const { status, message, path } = error;
    if (status === 429 || status === 503) context.header("Retry-After", "1");
    return context.json({ error: message, ...(path !== undefined && { path }) }, status);
  }
  // The package checks what it is given at its doors, so what these say is about the request.
  if (error instanceof RangeError || error instanceof FormatError) {
    return context.json({ error: error.message }, 400);
  }
  if (error instanceof HTTPException) return context.json({ error: error.message }, error.status);
  // Nobody reads this.
  if (hasGone(error)) return context.json({ error: "Given up." }, 503);
  report(error);
  return context.json({ error: error.message }, 500);
}
