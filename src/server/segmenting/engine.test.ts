import { expect, test } from "vitest";
import { newSession } from "../../session/index.ts";
import { type EngineOptions, type PictureFile, startEngine } from "./engine.ts";
import type { SegmentingThread } from "./lane.ts";
import type { Order, Report } from "./messages.ts";

/** A thread whose answers are given by hand: what waits, what is evicted and what dies is in sight. */
function threadByHand() {
  let report = (_: Report): void => {};
  let end = (_: unknown): void => {};
  const orders: Order[] = [];
  const ended = new Promise<unknown>((resolve) => {
    end = resolve;
  });
  const thread: SegmentingThread = {
    send: (order) => void orders.push(order),
    receive: (listener) => {
      report = listener;
    },
    ended,
    stop: async () => end(new Error("stopped")),
  };
  return {
    thread,
    orders,
    die: (reason: string) => end(new Error(reason)),
    /** Answer the order that waits. */
    reply: async () => {
      await settled();
      const order = orders.at(-1);
      if (order?.kind === "open") {
        report({ kind: "opened", id: order.id, size: { width: 10, height: 10 } });
      }
      if (order?.kind === "answer") {
        const bytes = new TextEncoder().encode(order.revision);
        report({ kind: "answered", id: order.id, bytes, mediaType: "text/plain", areas: [] });
      }
      await settled();
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const never = new AbortController().signal;

const file = (key: string): PictureFile => ({ key, bytes: new Uint8Array(1) });
const asked = (key: string, revision: string) => ({
  picture: file(key),
  session: newSession({ width: 10, height: 10 }),
  revision,
  want: { kind: "uncertainty" } as const,
});

function engineOf(options: Partial<EngineOptions> = {}) {
  const hands: ReturnType<typeof threadByHand>[] = [];
  const engine = startEngine({
    start: () => {
      const hand = threadByHand();
      hands.push(hand);
      return hand.thread;
    },
    threads: 1,
    maxEncodedBytes: 2 ** 30,
    maxWaiting: 100,
    maxWaitingEach: 10,
    answerMs: 60_000,
    ...options,
  });
  return { engine, hands };
}

const told = (orders: readonly Order[]) =>
  orders.map((order) =>
    [order.kind, "picture" in order ? order.picture : "", "revision" in order ? order.revision : ""]
      .join(" ")
      .trim(),
  );

test("a picture is encoded once, and again only after others took its place", async () => {
  // Room for two pictures of 10×10 pixels.
  const { engine, hands } = engineOf({ maxEncodedBytes: 2 * (12 * 2 ** 20 + 1600) });
  const ask = async (key: string) => {
    const answer = engine.answer(asked(key, key), key, never);
    await settled();
    if (hands[0].orders.at(-1)?.kind === "open") await hands[0].reply();
    await hands[0].reply();
    await answer;
  };
  for (const key of ["a", "b", "a", "c", "a", "b"]) await ask(key);
  expect(told(hands[0].orders)).toEqual([
    "open a",
    "answer a a",
    "open b",
    "answer b b",
    "answer a a",
    "open c",
    "forget b",
    "answer c c",
    "answer a a",
    "open b",
    "forget c",
    "answer b b",
  ]);
});

test("clients take turns, whoever asks for more", async () => {
  const { engine, hands } = engineOf();
  const opened = engine.open(file("a"), "opening", never);
  await hands[0]?.reply();
  await settled();
  await hands[0].reply();
  await opened;
  const order: string[] = [];
  const all = ["1", "2", "3", "modest"].map((revision) =>
    engine
      .answer(asked("a", revision), revision === "modest" ? "modest" : "greedy", never)
      .then(({ bytes }) => order.push(new TextDecoder().decode(bytes))),
  );
  for (let i = 0; i < 4; i++) await hands[0].reply();
  await Promise.all(all);
  expect(order).toEqual(["1", "2", "modest", "3"]);
});

test("what nobody waits for any more is not begun, and what is begun is cancelled", async () => {
  const { engine, hands } = engineOf();
  const leaving = [new AbortController(), new AbortController()];
  const [first, second] = leaving.map(({ signal }, i) =>
    engine.open(file(`${i}`), `${i}`, signal).catch((reason: unknown) => reason),
  );
  await settled();
  for (const abort of leaving) abort.abort("gone");
  expect([await first, await second]).toEqual(["gone", "gone"]);
  expect(told(hands[0].orders)).toEqual(["open 0", "cancel"]);
  expect(engine.state().underWay).toBe(1);
});

test("a thread that dies fails what it worked on, and another does what waits", async () => {
  const { engine, hands } = engineOf();
  const [first, second] = ["a", "b"].map((key) => engine.open(file(key), key, never));
  const failed = expect(first).rejects.toThrow(
    /The thread that worked on this ended \(out of memory\)/,
  );
  await settled();
  hands[0].die("out of memory");
  await failed;
  await settled();
  expect(hands).toHaveLength(2);
  await hands[1].reply();
  expect(await second).toEqual({ width: 10, height: 10 });
});

test("a thread that does not stop with what nobody waits for is replaced", async () => {
  const { engine, hands } = engineOf({ answerMs: 20 });
  await expect(engine.open(file("a"), "a", never)).rejects.toThrow(/within 0\.02 s/);
  // The thread never says that it stopped; after as long again it is ended.
  await expect.poll(() => engine.state().underWay).toBe(0);
  const again = engine.open(file("b"), "b", never);
  await settled();
  await hands[1].reply();
  expect(await again).toEqual({ width: 10, height: 10 });
});

test("more that waits than may is refused with 429, whoever asks", async () => {
  const { engine } = engineOf({ maxWaiting: 2 });
  const results = ["a", "b", "c", "d"].map((key) =>
    engine.open(file(key), key, never).catch((error: { status: number }) => error.status),
  );
  // One is worked on, two wait.
  expect(await results[3]).toBe(429);
});

test("pictures are spread over threads, and stay where they are encoded", async () => {
  const { engine, hands } = engineOf({ threads: 2 });
  const opened = ["a", "b"].map((key) => engine.open(file(key), key, never));
  await settled();
  for (const hand of hands) await hand.reply();
  await Promise.all(opened);
  const answers = ["a", "b"].map((key) => engine.answer(asked(key, key), key, never));
  await settled();
  for (const hand of hands) await hand.reply();
  await Promise.all(answers);
  expect(hands.map(({ orders }) => told(orders))).toEqual([
    ["open a", "answer a a"],
    ["open b", "answer b b"],
  ]);
});
