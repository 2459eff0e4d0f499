/** `maskwise worker`: does the jobs of batches that lie in a queue. */

import { availableParallelism } from "node:os";
import { Command, InvalidArgumentError, Option } from "commander";
import { closeQueue, openQueue } from "./batch/queue.ts";
import { workQueue } from "./batch/workQueue.ts";
import type { Terminal } from "./terminal.ts";

const EXAMPLES = `
The worker must see the folders of pictures and of results under the same paths as the machine that
began the batch. Stop it as you like, kill it: what it was at is given to another.

Example:
  $ maskwise worker --queue postgres://user@host/db`;

interface Typed {
  readonly queue: string;
  readonly threads: number;
  readonly once: boolean;
}

export function workerCommand(terminal: Terminal): Command {
  return new Command("worker")
    .description("Work on the batches of maskwise batch --workers queue=URL.")
    .requiredOption("--queue <url>", "of the PostgreSQL database", address)
    .addOption(
      new Option("--threads <number>", "pictures worked on at a time")
        .argParser(threads)
        .default(availableParallelism(), "one per core"),
    )
    .option("--once", "end when every batch is done", false)
    .addHelpText("after", EXAMPLES)
    .action(async ({ queue, threads, once }: Typed) => {
      const stop = new AbortController();
      void terminal.interrupted().then(() => stop.abort());
      const boss = await openQueue(queue, terminal.talk);
      try {
        const working = { threads, isOnce: once, terminal, stop: stop.signal };
        terminal.talk(`${await workQueue(boss, working)} pictures done\n`);
      } finally {
        await closeQueue(boss);
      }
    });
}

function address(text: string): string {
  if (/^postgres(?:ql)?:\/\//.test(text)) return text;
  throw new InvalidArgumentError("Expected an address such as postgres://user@host/database.");
}

function threads(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number from 1.");
}
