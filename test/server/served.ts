/** A served annotator for tests, and requests to it as any program could make them. */

import { mkdirSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { formats } from "../../src/formats/index.ts";
import { type ServedAnnotator, serveAnnotator } from "../../src/server/index.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

export const PAGE = "<!doctype html><title>Maskwise</title><script>let clicks = 0;</script>";

/** What the server does with the bytes of a photo it never decodes. */
export const PHOTO = Buffer.from("the bytes of a photo");

const ABOUT = { labels: ["background", "object"], picture: "a.jpg" };
export const MASK = formats.png.write(
  { width: 2, height: 1, data: Uint8Array.from([0, 1]) },
  ABOUT,
);

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
  /** The body as JSON. */
  json(): unknown;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

/** A request as a program makes it, with any Host and path, which `fetch` would put straight. */
export function ask(
  port: number,
  path: string,
  { method = "GET", headers = {}, body }: Asked = {},
) {
  return new Promise<Answer>((resolve, reject) => {
    const asking = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const whole = Buffer.concat(chunks);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: whole,
          json: () => JSON.parse(whole.toString()),
        });
      });
    });
    asking.on("error", reject);
    asking.end(body);
  });
}

export interface Served extends ServedAnnotator {
  readonly folder: string;
  /** A request with the token. */
  api(path: string, asked?: Asked): Promise<Answer>;
  idOf(name: string): Promise<string>;
}

/** A folder with two photos, served; both gone when the test is over. */
export async function served({
  prepare = (_folder: string) => {},
  paths = [""],
} = {}): Promise<Served> {
  const folder = join(temporaryFolder(), "photos");
  mkdirSync(folder);
  const page = join(folder, "../index.html");
  writeFileSync(page, PAGE);
  writeFileSync(join(folder, "a.jpg"), PHOTO);
  writeFileSync(join(folder, "b.png"), "another photo");
  prepare(folder);
  const annotator = await serveAnnotator({
    paths: paths.map((path) => join(folder, path)),
    model: "colour",
    page,
  });
  onTestFinished(() => annotator.close());
  const authorization = `Bearer ${annotator.token}`;
  const api: Served["api"] = (path, asked = {}) =>
    ask(annotator.port, path, { ...asked, headers: { authorization, ...asked.headers } });
  return {
    ...annotator,
    folder,
    api,
    idOf: async (name) => {
      const { images } = (await api("/api/images")).json() as {
        images: readonly { id: string; name: string }[];
      };
      const image = images.find((candidate) => candidate.name === name);
      if (!image) throw new Error(`${name} is not listed`);
      return image.id;
    },
  };
}

/**
 * What comes back for bytes sent as they are: headers no program would send, bodies that stop.
 *
 * @returns everything that was answered until the server closed or a whole header had come.
 */
export function askRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (chunk) => {
      text += chunk;
      if (text.includes("\r\n\r\n")) socket.destroy();
    });
    socket.on("close", () => resolve(text));
    socket.on("error", reject);
  });
}
