import type { Took } from "./torchPeer.ts";

/** Do something once, and say how long it took. */
export async function timed(work: () => Promise<unknown>): Promise<Took> {
  const before = process.cpuUsage();
  const start = performance.now();
  await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { ms, cpuMs: (user + system) / 1000 };
}

/** The least of each: what others on the machine took away is not part of it. */
export function least(samples: readonly Took[]): Took {
  return {
    ms: Math.min(...samples.map(({ ms }) => ms)),
    cpuMs: Math.min(...samples.map(({ cpuMs }) => cpuMs)),
  };
}
