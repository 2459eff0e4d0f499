/** An application on a port of this machine. */

import type { Server } from "node:http";
import { type Http2Bindings, type HttpBindings, serve } from "@hono/node-server";

export interface ListenOptions {
  /** The command that listens, for messages. */
  readonly operation: string;
  readonly hostname: string;
  /** 0 lets the system choose a free one. */
  readonly port: number;
  readonly fetch: (
    request: Request,
    env: HttpBindings | Http2Bindings,
  ) => Response | Promise<Response>;
  /** How long a request may take to arrive. @default Node's own, five minutes */
  readonly requestMs?: number;
  /** More connections than this are closed at once. @default any number */
  readonly maxConnections?: number;
}

export interface Listening {
  readonly port: number;
  /** Stop listening and drop all connections. */
  close(): Promise<void>;
}

/**
 * Listen.
 *
 * @throws {Error} The port is taken, or the address is none of this machine's.
 */
export async function listen(options: ListenOptions): Promise<Listening> {
  const { hostname, port, fetch, requestMs, maxConnections } = options;
  const timeouts = requestMs === undefined ? {} : timeoutsOf(requestMs);
  return new Promise((resolve, reject) => {
    // Other code of this process keeps the platform's own Request and Response.
    const settings = { hostname, port, overrideGlobalObjects: false, serverOptions: timeouts };
    const server = serve({ fetch, ...settings }, (address) => {
      server.off("error", failed);
      resolve({
        port: address.port,
        close: () =>
          new Promise((closed) => {
            server.close(() => closed());
            server.closeAllConnections();
          }),
      });
    }) as Server;
    if (maxConnections !== undefined) server.maxConnections = maxConnections;
    const failed = (cause: NodeJS.ErrnoException) => reject(problem(options, cause));
    server.once("error", failed);
  });
}

/** Whoever sends a request drop by drop is cut off with 408. */
function timeoutsOf(requestMs: number) {
  return {
    requestTimeout: requestMs,
    headersTimeout: requestMs,
    connectionsCheckingInterval: Math.ceil(requestMs / 4),
  };
}

function problem(
  { operation, hostname, port }: ListenOptions,
  cause: NodeJS.ErrnoException,
): Error {
  if (cause.code === "EADDRNOTAVAIL" || cause.code === "ENOTFOUND") {
    return new Error(
      `${operation}: expected an address of this machine to listen on, got "${hostname}".`,
      { cause },
    );
  }
  const got = cause.code === "EADDRINUSE" ? "one in use" : `"${cause.message}"`;
  return new Error(
    `${operation}: expected port ${port} to be free, got ${got}. Choose another, or leave --port out.`,
    { cause },
  );
}
