/** The annotator on a port of this machine. */

import { newToken } from "./access.ts";
import { annotatorApp } from "./annotatorApp.ts";
import { listen } from "./listen.ts";
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
  const listening = await listen({
    operation: "annotate",
    hostname: HOST,
    port: wanted,
    fetch: app.fetch,
  });
  port = listening.port;
  return {
    url: `http://${HOST}:${port}/#token=${token}`,
    port,
    token,
    pictures: pictures.length,
    passedOver,
    close: listening.close,
  };
}
