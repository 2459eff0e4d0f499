/** The annotator on a port of this machine. */

import { serve } from "@hono/node-server";
import { newToken } from "./access.ts";
import { annotatorApp } from "./annotatorApp.ts";
import { readPage } from "./page.ts";
import { openPictures } from "./pictures.ts";

export interface ServeOptions {
  /** Picture files and folders of pictures; none for the built-in sample scene. @default [] */
  readonly paths?: readonly string[];
  /** Name of the model the page starts with. */
  readonly model: string;
  /** 0 lets the system choose a free one. @default 0 */
  readonly port?: number;
  /** The page to serve. @default the one that was built with this package */
  readonly page?: string;
  /** Told about failures while serving. @default they are dropped */
  readonly report?: (error: Error) => void;
}

export interface ServedAnnotator {
  /** The address to open, with the token behind `#`. */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** How many pictures are open. */
  readonly pictures: number;
  /** What was passed over in folders, and why, one line each. */
  readonly passedOver: readonly string[];
  /** Stop listening and drop all connections. */
  close(): Promise<void>;
}

const HOST = "127.0.0.1";

/**
 * Serve the annotator on 127.0.0.1.
 *
 * @throws {Error} A path is not there, the page is not built, or the port is taken.
 */
export async function serveAnnotator(options: ServeOptions): Promise<ServedAnnotator> {
  const { paths = [], model, port: wanted = 0, report = () => {} } = options;
  const token = newToken();
  const page = await readPage(options.page);
  const { pictures, passedOver } = await openPictures(paths, token);
  let port = wanted;
  const app = annotatorApp({ page, pictures, model, token, port: () => port, report });
  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    // Other code of this process keeps the platform's own Request and Response.
    const settings = { hostname: HOST, port: wanted, overrideGlobalObjects: false };
    const starting = serve({ fetch: app.fetch, ...settings }, (address) => {
      port = address.port;
      starting.off("error", failed);
      resolve(starting);
    });
    const failed = (cause: NodeJS.ErrnoException) => reject(portProblem(wanted, cause));
    starting.once("error", failed);
  });
  return {
    url: `http://${HOST}:${port}/#token=${token}`,
    port,
    token,
    pictures: pictures.length,
    passedOver,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

function portProblem(port: number, cause: NodeJS.ErrnoException): Error {
  const got = cause.code === "EADDRINUSE" ? "one in use" : `"${cause.message}"`;
  return new Error(
    `annotate: expected port ${port} to be free, got ${got}. Choose another, or leave --port out.`,
    { cause },
  );
}
