/**
 * Work that waits, by who asked for it. Whoever has waited takes turns: one client with a hundred
 * requests delays another's one request by one of them and not by a hundred.
 */

export interface FairQueue<Job> {
  add(by: string, job: Job): void;
  /** The oldest job of whose turn it is. */
  next(): Job | undefined;
  /** Take a job out that nobody waits for any more; without one of them nothing changes. */
  remove(by: string, job: Job): void;
  readonly size: number;
  sizeOf(by: string): number;
}

export function fairQueue<Job>(): FairQueue<Job> {
  // In the order of turns: whoever was served goes behind all others that wait.
  const waiting = new Map<string, Job[]>();
  let size = 0;

  return {
    get size() {
      return size;
    },
    sizeOf: (by) => waiting.get(by)?.length ?? 0,
    add: (by, job) => {
      const own = waiting.get(by);
      if (own) own.push(job);
      else waiting.set(by, [job]);
      size++;
    },
    next: () => {
      const [turn] = waiting;
      if (!turn) return undefined;
      const [by, own] = turn;
      const job = own.shift();
      waiting.delete(by);
      if (own.length > 0) waiting.set(by, own);
      size--;
      return job;
    },
    remove: (by, job) => {
      const own = waiting.get(by);
      const at = own?.indexOf(job) ?? -1;
      if (!own || at === -1) return;
      own.splice(at, 1);
      if (own.length === 0) waiting.delete(by);
      size--;
    },
  };
}
