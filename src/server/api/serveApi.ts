/** The server for other programs: an engine, its routes, and a port. */

import { isIP } from "node:net";
import { newToken } from "../access.ts";
import type { LabelStudio } from "../labelStudio/taskImage.ts";
import { listen } from "../listen.ts";
import { startEngine } from "../segmenting/engine.ts";
import type { SegmentingThread } from "../segmenting/lane.ts";
import { apiApp } from "./apiApp.ts";
import { LIMITS, type Limits } from "./limits.ts";

export interface ServeApiOptions {
  /** Start a thread that runs `serveOrders`. */
  readonly start: () => SegmentingThread;
  /** How many of them. */
  readonly threads: number;
  /** What segments in them. */
  readonly model: string;
  readonly version: string;
  /** A clock in milliseconds. */
  readonly now: () => number;
  /** @default "127.0.0.1", this machine only */
  readonly host?: string;
  /** 0 lets the system choose a free one. @default 0 */
  readonly port?: number;
  /** What clients must know. @default a new one */
  readonly token?: string;
  /** Other names that clients call this machine by. @default [] */
  readonly names?: readonly string[];
  /** Origins of web pages that may ask. @default [] */
  readonly origins?: readonly string[];
  /** Where images of Label Studio's tasks are. @default nowhere: they must be in the request */
  readonly labelStudio?: LabelStudio;
  readonly limits?: Partial<Limits>;
  /** Told about failures while serving. @default they are dropped */
  readonly report?: (error: Error) => void;
}

export interface ServedApi {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** Stop listening, drop all connections and end the threads. */
  close(): Promise<void>;
}

/**
 * Serve the API.
 *
 * @throws {Error} The port is taken, or the address is none of this machine's.
 */
export async function serveApi(options: ServeApiOptions): Promise<ServedApi> {
  const { start, threads, model, version, now, names = [], origins = [] } = options;
  const { host = "127.0.0.1", token = newToken(), report = () => {} } = options;
  const limits = { ...LIMITS, ...options.limits };
  const engine = startEngine({ ...limits, start, threads });
  let port = options.port ?? 0;
  const neighbours = { port: () => port, names, anyAddress: !isLoopback(host), origins };
  const { labelStudio } = options;
  const app = apiApp({
    engine,
    limits,
    token,
    neighbours,
    model,
    version,
    labelStudio,
    now,
    report,
  });
  const listening = await listen({
    operation: "serve",
    hostname: host,
    port,
    fetch: app.fetch,
    requestMs: limits.requestMs,
    maxConnections: limits.maxConnections,
  });
  port = listening.port;
  return {
    url: `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`,
    port,
    token,
    close: async () => {
      await listening.close();
      await engine.close();
    },
  };
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host.startsWith("127.");
}
