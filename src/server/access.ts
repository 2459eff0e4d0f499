/**
 * Who may talk to the annotator. It listens on this machine only, but every web page that the
 * person visits can send requests to this machine too, so:
 *
 * - `Host` must name this machine and our port: a foreign name that resolves here (DNS rebinding)
 *   is turned away.
 * - `Origin` and `Sec-Fetch-Site`, which browsers always tell the truth in, must be ours.
 * - `/api` needs the token that only the address printed at the start holds. It stands behind
 *   `#`, which browsers do not send, so it ends up in no log and no referrer. (While a browser is
 *   being opened, other users of the same machine may see the address in its list of processes;
 *   `--no-open` avoids that.)
 */

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";

/** 256 random bits, in letters that need no escaping in an address. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** @param port The port that is listened on; asked at every request, as it is known late. */
export function onlyThisMachine(port: () => number): MiddlewareHandler {
  return async (context, next) => {
    const hosts = ["127.0.0.1", "localhost"].flatMap((name) =>
      // Browsers leave the port of plain HTTP out.
      port() === 80 ? [name, `${name}:80`] : [`${name}:${port()}`],
    );
    const host = context.req.header("host");
    if (host === undefined || !hosts.includes(host)) {
      return context.json({ error: `host: expected ${hosts[0]}. Use the printed address.` }, 403);
    }
    const origin = context.req.header("origin");
    const site = context.req.header("sec-fetch-site");
    const isOurs = origin === undefined || hosts.some((name) => origin === `http://${name}`);
    // "none" is a person typing the address; a link from elsewhere may open the page, nothing more.
    const isPage = context.req.method === "GET" && !context.req.path.startsWith("/api/");
    const isSame = site === undefined || site === "same-origin" || site === "none" || isPage;
    if (!isOurs || !isSame) {
      return context.json({ error: "origin: expected the annotator's own page." }, 403);
    }
    return next();
  };
}

/** Let requests pass that carry `Authorization: Bearer TOKEN`. */
export function onlyWithToken(token: string): MiddlewareHandler {
  const expected = digest(`Bearer ${token}`);
  return async (context, next) => {
    const got = digest(context.req.header("authorization") ?? "");
    if (timingSafeEqual(expected, got)) return next();
    context.header("WWW-Authenticate", "Bearer");
    return context.json(
      { error: "token: expected the one behind # in the printed address. Open that address." },
      401,
    );
  };
}

/** Equal lengths, so that comparing tells nothing about the length either. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
