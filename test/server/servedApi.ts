/** The API for tests: the real engine and the real model, in this process, and requests to it. */

import sharp from "sharp";
import { onTestFinished } from "vitest";
import { openModel } from "../../src/models/index.ts";
import { interpreterDevice } from "../../src/runtime/index.ts";
import {
  type Order,
  type Report,
  type SegmentingThread,
  type ServeApiOptions,
  type ServedApi,
  serveApi,
  serveOrders,
} from "../../src/server/index.ts";
import { disc, HEIGHT, WIDTH } from "../cli/typed.ts";
import { type Answer, type Asked, ask } from "./served.ts";

/** A "thread" that is this one: what crosses to it is copied, as to any other. */
function threadHere(maxMegapixels = 50): SegmentingThread {
  const listeners = { order: (_: Order) => {}, report: (_: Report) => {} };
  let end = (_: unknown) => {};
  const ended = new Promise<unknown>((resolve) => {
    end = resolve;
  });
  void openModel("colour").then((model) =>
    serveOrders(
      {
        send: (report) => setImmediate(() => listeners.report(structuredClone(report))),
        receive: (listener) => {
          listeners.order = listener;
          for (const order of early.splice(0)) listener(order);
        },
      },
      { model, run: interpreterDevice().run, maxMegapixels },
    ),
  );
  const early: Order[] = [];
  listeners.order = (order) => early.push(order);
  return {
    send: (order) => setImmediate(() => listeners.order(structuredClone(order))),
    receive: (listener) => {
      listeners.report = listener;
    },
    ended,
    stop: async () => {
      listeners.report = () => {};
      end(new Error("it was stopped"));
    },
  };
}

const TOKEN = "a token for tests only";

/** Bright disc around (20, 20), radius 10, on a dark ground; 60×40. */
export const DISC: Promise<Buffer> = sharp(disc(), {
  raw: { width: WIDTH, height: HEIGHT, channels: 3 },
})
  .png()
  .toBuffer();

export interface Api extends ServedApi {
  /** A request with the token. */
  api(path: string, asked?: Asked): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  /** Open a session on the disc. @returns its path */
  opened(query?: string): Promise<string>;
}

export async function servedApi(options: Partial<ServeApiOptions> = {}): Promise<Api> {
  const server = await serveApi({
    start: () => threadHere(options.limits?.maxMegapixels),
    threads: 1,
    model: "colour",
    version: "0.0.0",
    now: () => performance.now(),
    token: TOKEN,
    ...options,
  });
  onTestFinished(() => server.close());
  const authorization = `Bearer ${server.token}`;
  const api: Api["api"] = (path, asked = {}) =>
    ask(server.port, path, { ...asked, headers: { authorization, ...asked.headers } });
  const send =
    (type: string): Api["post"] =>
    (path, body) =>
      api(path, { method: "POST", body: body as string, headers: { "content-type": type } });
  return {
    ...server,
    api,
    post: (path, body) => send("application/json")(path, JSON.stringify(body)),
    opened: async (query = "") => {
      const answer = await send("image/png")(`/v1/sessions${query}`, await DISC);
      if (answer.status !== 201) throw new Error(`${answer.status} ${answer.body}`);
      return `/v1/sessions/${(answer.json() as { id: string }).id}`;
    },
  };
}

export const click = (x: number, y: number, says = "object") => ({
  kind: "click",
  at: { x, y },
  says,
});
