/**
 * Who may talk to a server of ours. Every web page that a person visits can send requests to this
 * machine too, so:
 *
 * - `Host` must name this machine and our port: a foreign name that resolves here (DNS rebinding)
 *   is turned away.
 * - `Origin` and `Sec-Fetch-Site`, which browsers always tell the truth in, must be ours.
 * - What is not public needs the token. The annotator's stands behind `#` in the address that is
 *   printed at the start, which browsers do not send, so it ends up in no log and no referrer. (While
 *   a browser is being opened, other users of the same machine may see the address in its list of
 *   processes; `--no-open` avoids that.)
 */

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import type { MiddlewareHandler } from "hono";

/** 256 random bits, in letters that need no escaping in an address. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

export interface Neighbours {
  /** The port that is listened on; asked at every request, as it is known late. */
  readonly port: () => number;
  /** Other names that clients call this machine by, with a port where it is another. @default none */
  readonly names?: readonly string[];
  /**
   * Whether clients may call it by any address in numbers, for when it listens on more than this
   * machine; rebinding needs a name. @default false
   */
  readonly anyAddress?: boolean;
  /** Origins of other web pages that may ask, such as `https://example.com`. @default none */
  readonly origins?: readonly string[];
}

/** Turn away who calls this server by a name that is not its own, and pages of other origins. */
export function onlyNeighbours({
  port,
  names = [],
  anyAddress = false,
  origins = [],
}: Neighbours): MiddlewareHandler {
  return async (context, next) => {
    const hosts = ["127.0.0.1", "localhost", ...names].flatMap((name) => withPort(name, port()));
    const host = context.req.header("host");
    if (host === undefined || !(hosts.includes(host) || (anyAddress && isAddress(host)))) {
      return context.json({ error: `host: expected ${hosts[0]}. Use the printed address.` }, 403);
    }
    const origin = context.req.header("origin");
    const site = context.req.header("sec-fetch-site");
    if (origin !== undefined && origins.includes(origin)) return next();
    const isOurs = origin === undefined || origin === `http://${host}`;
    // "none" is a person typing the address; a link from elsewhere may open the page, nothing more.
    const isPage = context.req.method === "GET" && !context.req.path.startsWith("/api/");
    const isSame = site === undefined || site === "same-origin" || site === "none" || isPage;
    if (!isOurs || !isSame) {
      return context.json({ error: "origin: expected a page of this server." }, 403);
    }
    return next();
  };
}

function withPort(name: string, port: number): readonly string[] {
  if (/:\d+$/.test(name)) return [name];
  // Clients leave the port of plain HTTP out.
  return port === 80 ? [name, `${name}:80`] : [`${name}:${port}`];
}

/** Whether a Host header holds an IP address, which no foreign name resolves to. */
function isAddress(host: string): boolean {
  const name = host.replace(/:\d+$/, "");
  return isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0;
}

/**
 * Let requests pass that carry the token: `Authorization: Bearer TOKEN`, or, for programs that know
 * nothing else, as the password of `Authorization: Basic`.
 *
 * @param where Where a person finds it.
 */
export function onlyWithToken(token: string, where: string): MiddlewareHandler {
  const expected = digest(token);
  return async (context, next) => {
    const got = digest(tokenIn(context.req.header("authorization") ?? ""));
    if (timingSafeEqual(expected, got)) return next();
    context.header("WWW-Authenticate", "Bearer");
    return context.json({ error: `token: expected ${where}.` }, 401);
  };
}

function tokenIn(authorization: string): string {
  const [, scheme, rest] = /^(Bearer|Basic) (.*)$/i.exec(authorization) ?? [];
  if (scheme === undefined) return "";
  if (scheme.toLowerCase() === "bearer") return rest;
  const pair = Buffer.from(rest, "base64").toString();
  return pair.slice(pair.indexOf(":") + 1);
}

/** Equal lengths, so that comparing tells nothing about the length either. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
