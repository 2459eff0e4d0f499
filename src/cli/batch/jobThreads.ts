/** Threads that do jobs; one that dies of a job is replaced, and the job tried again by itself. */

import { availableParallelism } from "node:os";
import type { Job } from "../../batch/index.ts";
import { isNetwork } from "../../models/index.ts";
import { isWeights } from "../../node/index.ts";
import { startThread, type Thread } from "../startThread.ts";
import type { Settings } from "./settings.ts";

export interface Order {
  readonly settings: Settings;
  /** Of the batch, where results wait. */
  readonly folder: string;
}

/** What a thread is started with. */
export interface ThreadOrder extends Order {
  /** See `openJobs`. */
  readonly looksAhead: boolean;
}

export interface Asked {
  readonly number: number;
  readonly job: Job;
}

export type Answer = { readonly number: number } & (
  | { readonly notes: readonly string[] }
  | { readonly failed: string }
  | { readonly unusable: string }
);

export interface JobThreads {
  /**
   * Have a job done.
   *
   * @returns Why it failed, `undefined` where it did not.
   * @throws {Error} No job can be done: the model cannot be opened.
   */
  do(job: Job): Promise<string | undefined>;
  /** Resolves when a job that is handed in now is begun at once: whoever waits for it is never far ahead. */
  room(): Promise<void>;
  /** What devices had to do otherwise than asked, so far. */
  readonly notes: ReadonlySet<string>;
  /** Ends all threads, whatever they do. */
  close(): Promise<void>;
}

/** While a thread computes one picture, it reads the next. */
const AT_HAND = 2;

/** A job whose thread died this often is set aside. */
const ATTEMPTS = 3;

interface Running extends Asked {
  attempts: number;
  readonly settle: (reason: string | undefined) => void;
  readonly fail: (error: Error) => void;
}

interface Slot {
  thread: Thread;
  readonly running: Map<number, Running>;
}

export function startJobThreads(order: Order, threads: number): JobThreads {
  const looksAhead = canLookAhead(order.settings, threads);
  const atHand = looksAhead ? AT_HAND + 1 : AT_HAND;
  const notes = new Set<string>();
  const queue: Running[] = [];
  const waiting: (() => void)[] = [];
  let isClosing = false;
  let count = 0;
  const slots = Array.from({ length: threads }, (): Slot => {
    const slot = { running: new Map<number, Running>() };
    return Object.assign(slot, { thread: start(slot) });
  });

  function start({ running }: Pick<Slot, "running">): Thread {
    const thread = startThread(new URL("./jobThread.ts", import.meta.url), {
      ...order,
      looksAhead,
    } satisfies ThreadOrder);
    let reason = "it ended by itself";
    thread.worker.on("message", (answer: Answer) => answered(running, answer));
    thread.worker.on("error", (error: Error) => {
      reason = error.message;
    });
    thread.worker.once("exit", () => ended(running, reason));
    return thread;
  }

  function answered(running: Map<number, Running>, answer: Answer): void {
    const done = running.get(answer.number);
    running.delete(answer.number);
    if ("notes" in answer) for (const note of answer.notes) notes.add(note);
    if ("unusable" in answer) done?.fail(new Error(answer.unusable));
    else done?.settle("failed" in answer ? answer.failed : undefined);
    handOut();
  }

  /** What a dead thread was at is tried again, each job in a thread of its own to see which it was. */
  function ended(running: Map<number, Running>, reason: string): void {
    if (isClosing) return;
    const slot = slots.find((one) => one.running === running);
    if (slot !== undefined) slot.thread = start(slot);
    for (const job of running.values()) {
      job.attempts++;
      if (job.attempts < ATTEMPTS) queue.unshift(job);
      else job.settle(`its thread ended ${ATTEMPTS} times: ${reason}.`);
    }
    running.clear();
    handOut();
  }

  function accepts({ running }: Slot, attempts: number): boolean {
    if (running.size === 0) return true;
    const areFresh = [...running.values()].every((job) => job.attempts === 0);
    return attempts === 0 && areFresh && running.size < atHand;
  }

  /** The slot with the least to do. */
  function slotFor(attempts: number): Slot | undefined {
    return slots
      .filter((slot) => accepts(slot, attempts))
      .sort((a, b) => a.running.size - b.running.size)[0];
  }

  function handOut(): void {
    for (let slot = slotFor(queue[0]?.attempts ?? 0); slot && queue.length > 0; ) {
      const job = queue.shift();
      if (job === undefined) break;
      slot.running.set(job.number, job);
      slot.thread.worker.postMessage({ number: job.number, job: job.job } satisfies Asked);
      slot = slotFor(queue[0]?.attempts ?? 0);
    }
    if (queue.length === 0 && slotFor(0) !== undefined) waiting.shift()?.();
  }

  return {
    notes,
    do: (job) =>
      new Promise((settle, fail) => {
        queue.push({ number: count++, job, attempts: 0, settle, fail });
        handOut();
      }),
    room: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        handOut();
      }),
    close: async () => {
      isClosing = true;
      await Promise.all(slots.map(({ thread }) => thread.worker.terminate()));
    },
  };
}

/**
 * Whether each thread looks at its next picture in a second one: where there are cores for that, since
 * two workers on two cores are slower so, and where it is a network of ours that looks, on the CPU.
 */
function canLookAhead({ model, device = "cpu" }: Settings, threads: number): boolean {
  const isOurs = isNetwork(model) || isWeights(model);
  return isOurs && device === "cpu" && 2 * threads <= availableParallelism();
}
