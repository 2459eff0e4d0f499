/** Parts of the description that many routes share. */

import type { z } from "@hono/zod-openapi";
import { problemSchema } from "./schemas.ts";

interface Described<Schema extends z.ZodType> {
  readonly description: string;
  readonly content: { readonly "application/json": { readonly schema: Schema } };
}

/** An answer in JSON. */
export function json<Schema extends z.ZodType>(
  schema: Schema,
  description: string,
): Described<Schema> {
  return { description, content: { "application/json": { schema } } };
}

/** A required body in JSON. */
export function jsonBody<Schema extends z.ZodType>(
  schema: Schema,
): { required: true; content: { "application/json": { schema: Schema } } } {
  return { required: true, content: { "application/json": { schema } } };
}

/** Bytes of a kind that only the route knows. */
export function bytes(types: readonly string[]): Record<string, { schema: BinarySchema }> {
  return Object.fromEntries(types.map((type) => [type, { schema: BINARY }]));
}

const BINARY = { type: "string", format: "binary" } as const;

type BinarySchema = typeof BINARY;

const WORDS = {
  400: "Something in the request is wrong; the answer says what and where.",
  401: "The token is missing or wrong.",
  404: "There is no session of that id: it was closed, or never opened.",
  413: "More bytes or pixels than are taken.",
  415: "Not the type that is expected, or damaged.",
  429: "Too much at once. Ask again in a second.",
  503: "Not answered in time.",
} as const;

type Problem = Described<typeof problemSchema>;

/** What can go wrong, beside the token, which every route wants. */
export function problems<Status extends keyof typeof WORDS>(
  ...statuses: readonly Status[]
): { readonly [S in Status | 401]: Problem } {
  const entries = ([401, ...statuses] as const).map((status) => [
    status,
    json(problemSchema, WORDS[status]),
  ]);
  return Object.fromEntries(entries);
}
