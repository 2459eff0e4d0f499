import { expect, test } from "vitest";
import { whyPixel } from "../explain/whyPixel.ts";
import { pixel } from "../image/pixels.ts";
import { openModel } from "../models/table.ts";
import { interpreterDevice } from "../runtime/interpreterDevice.ts";
import { connectSegmenter } from "./connectSegmenter.ts";
import { say } from "./edit.ts";
import type { Port, Reply, Request } from "./messages.ts";
import { serveSegmenter } from "./serveSegmenter.ts";
import { newSession } from "./session.ts";

type Message = Request | Reply;

/** Two ports, joined; everything sent is cloned as it would be between threads. */
function channel(log: Message[] = []): readonly [Port, Port] {
  const listeners: ((message: Message) => void)[][] = [[], []];
  const port = (mine: number): Port => ({
    send: (message, transfer) => {
      log.push(message);
      const copy = structuredClone(message, { transfer: [...transfer] });
      queueMicrotask(() => {
        for (const listener of listeners[1 - mine]) listener(copy);
      });
    },
    receive: (listener) => void listeners[mine].push(listener),
  });
  return [port(0), port(1)];
}

function connect(log?: Message[]) {
  const [here, there] = channel(log);
  serveSegmenter(
    there,
    async (name) => ({ model: await openModel(name), device: interpreterDevice() }),
    () => new Promise((resolve) => setTimeout(resolve)),
  );
  return connectSegmenter(here);
}

const SIZE = { width: 32, height: 24 };
const PICTURE = {
  ...SIZE,
  data: Uint8Array.from({ length: 32 * 24 * 3 }, (_, i) => ((i / 3) % 32 > 15 ? 200 : 20)),
};
const CLICK = { kind: "click", at: pixel(25, 12), says: "object" } as const;

test("a mask asked for across a port keeps its promises", async () => {
  const segmenter = await connect().open(PICTURE, "colour");
  const session = say(newSession(SIZE), CLICK);
  const { mask, labels, uncertainty } = await segmenter.segment(session);
  expect([mask.width, mask.height, labels]).toEqual([32, 24, ["background", "object"]]);
  expect(mask.data[12 * 32 + 25]).toBe(1);
  expect(uncertainty.data[12 * 32 + 25]).toBe(0);
  const probability = await segmenter.probability(session, "object");
  expect(probability.data[12 * 32 + 25]).toBe(1);
});

test("progress of an opening rises", async () => {
  const shares: number[] = [];
  await connect().open(PICTURE, "colour", { progress: (share) => shares.push(share) });
  expect(shares.length).toBeGreaterThan(0);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
});

test("what is loaded first and what is computed then are one progress, and notes come across", async () => {
  const [here, there] = channel();
  serveSegmenter(there, async (name, progress) => {
    for (const share of [0, 0.3, 0.6]) progress(share);
    const device = { ...interpreterDevice(), notes: ["It is slow today."] };
    return { model: await openModel(name), device };
  });
  const shares: number[] = [];
  const progress = (share: number) => shares.push(share);
  const { device, notes } = await connectSegmenter(here).open(PICTURE, "colour", { progress });
  expect(device).toBe(interpreterDevice().name);
  expect(notes).toEqual(["It is slow today."]);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});

test("an error over there is an error here, by name and message", async () => {
  const connection = connect();
  await expect(connection.open(PICTURE, "horse")).rejects.toThrow(RangeError);
  const segmenter = await connection.open(PICTURE, "colour");
  const foreign = newSession({ width: 1, height: 1 });
  await expect(segmenter.segment(foreign)).rejects.toThrow(/32×24, got 1×1/);
});

test("a cancelled opening rejects with the reason, and the port still works", async () => {
  const connection = connect();
  const abort = new AbortController();
  const opening = connection.open(PICTURE, "colour", { signal: abort.signal });
  abort.abort(new Error("another picture was chosen"));
  await expect(opening).rejects.toThrow("another picture was chosen");
  expect((await connection.open(PICTURE, "colour")).width).toBe(32);
});

test("an opening is cancelled at once while what it needs is being fetched", async () => {
  const [here, there] = channel();
  serveSegmenter(there, () => new Promise(() => {}));
  const abort = new AbortController();
  const opening = connectSegmenter(here).open(PICTURE, "colour", { signal: abort.signal });
  setTimeout(() => abort.abort(new Error("another picture was chosen")));
  await expect(opening).rejects.toThrow("another picture was chosen");
});

test("a closed picture is gone", async () => {
  const segmenter = await connect().open(PICTURE, "colour");
  await segmenter.close();
  await expect(segmenter.segment(newSession(SIZE))).rejects.toThrow(/opened picture/);
});

test("when the other side dies, nothing waits for ever", async () => {
  const connection = connect();
  const opening = connection.open(PICTURE, "colour");
  connection.fail(new Error("the worker stopped"));
  await expect(opening).rejects.toThrow("the worker stopped");
});

test("what a first click would cut out comes across", async () => {
  const segmenter = await connect().open(PICTURE, "colour");
  const plane = await segmenter.preview(pixel(25, 12));
  expect(plane && Math.max(...plane.data)).toBe(1);
});

test("why a pixel has its label comes across, and its shares sum to one", async () => {
  const segmenter = await connect().open(PICTURE, "colour");
  const background = { kind: "click", at: pixel(3, 12), says: "background" } as const;
  const session = say(say(newSession(SIZE), CLICK), background);
  const explanation = await segmenter.explain(session, "object");
  if (!explanation) throw new TypeError("the colour model can tell");
  for (const at of [pixel(0, 0), pixel(25, 12), pixel(3, 12), pixel(16, 20)]) {
    const reasons = whyPixel(explanation, at, SIZE);
    expect(reasons.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 5);
  }
  // Beside a click, that click is the weightiest thing that was said.
  const said = (x: number) =>
    whyPixel(explanation, pixel(x, 12), SIZE).find(({ source }) => source.kind === "prompt")
      ?.source;
  expect(said(25)).toEqual({ kind: "prompt", prompt: CLICK });
  expect(said(3)).toEqual({ kind: "prompt", prompt: background });
  await expect(segmenter.explain(session, "background")).rejects.toThrow(
    /one of the labels object/,
  );
});
