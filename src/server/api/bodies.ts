/** What clients send: of a kind that is understood, no larger than it may be, and not all at once. */

import type { MiddlewareHandler } from "hono";
import { boundedBody } from "../boundedBody.ts";
import { Refusal } from "../refusal.ts";

/** How many bytes are arriving, and may. */
export interface Room {
  readonly maxBytes: number;
  taken: number;
}

interface BodyOptions {
  readonly maxBytes: number;
  readonly room: Room;
  /** What `Content-Type` may say, without parameters. */
  readonly types: RegExp;
  /** The same in words, with an example. */
  readonly expected: string;
}

type BodyKind = Pick<BodyOptions, "types" | "expected">;

export const JSON_BODY: BodyKind = {
  types: /^application\/(?:[\w.-]+\+)?json$/i,
  expected: "application/json",
};

export const PICTURE_BODY: BodyKind = {
  types: /^(?:image\/[\w.+-]+|application\/octet-stream)$/i,
  expected: "the picture's type, such as image/jpeg, or application/octet-stream",
};

export const MASK_BODY: BodyKind = {
  types: /^(?:image\/png|application\/json|application\/octet-stream)$/i,
  expected: "image/png, application/json or application/octet-stream",
};

/** Read the body before anything else looks at it; what comes after reads it as ever. */
export function bounded({ maxBytes, room, types, expected }: BodyOptions): MiddlewareHandler {
  return async (context, next) => {
    const type = (context.req.header("content-type") ?? "").split(";")[0].trim();
    if (!types.test(type)) {
      throw new Refusal(
        415,
        `Content-Type: expected ${expected}, got ${type === "" ? "none" : `"${type}"`}.`,
      );
    }
    const told = context.req.header("content-length");
    const bytes = told === undefined ? maxBytes : Number(told);
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    if (room.taken + bytes > room.maxBytes) {
      throw new Refusal(429, "Too much is arriving at once. Send this again in a second.");
    }
    room.taken += bytes;
    try {
      const body = await boundedBody(context.req.raw, maxBytes);
      if (body === undefined) throw tooLarge(maxBytes);
      // Hono keeps promises here, whatever its types say.
      const whole = Promise.resolve(Uint8Array.from(body).buffer);
      context.req.bodyCache.arrayBuffer = whole as unknown as ArrayBuffer;
      await next();
    } finally {
      room.taken -= bytes;
    }
  };
}

function tooLarge(maxBytes: number): Refusal {
  const mebibytes = Number((maxBytes / 2 ** 20).toPrecision(3));
  return new Refusal(413, `Body: expected at most ${mebibytes} MiB, got more.`);
}
