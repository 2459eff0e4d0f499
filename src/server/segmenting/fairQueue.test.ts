import fc from "fast-check";
import { expect, test } from "vitest";
import { fairQueue } from "./fairQueue.ts";

test("who asks for one thing waits for one of each other client, not for all that they want", () => {
  const queue = fairQueue<string>();
  for (let i = 0; i < 100; i++) queue.add("greedy", `greedy ${i}`);
  queue.add("modest", "modest 0");
  expect([queue.next(), queue.next(), queue.next()]).toEqual(["greedy 0", "modest 0", "greedy 1"]);
});

test("every job comes once, each client's in order, and between two of one there is one of all who wait", () => {
  const clients = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 40 });
  fc.assert(
    fc.property(clients, fc.nat(), (adds, removed) => {
      const queue = fairQueue<{ by: string; i: number }>();
      const jobs = adds.map((by, i) => ({ by, i }));
      for (const job of jobs) queue.add(job.by, job);
      const gone = jobs[removed % Math.max(1, jobs.length)];
      if (gone) queue.remove(gone.by, gone);
      const left = jobs.filter((job) => job !== gone);
      expect(queue.size).toBe(left.length);
      const order = left.map(() => queue.next());
      expect(queue.next()).toBeUndefined();
      expect(queue.size).toBe(0);
      for (const by of ["a", "b", "c"]) {
        const own = left.filter((job) => job.by === by);
        expect(order.filter((job) => job?.by === by)).toEqual(own);
        const places = own.map((job) => order.indexOf(job));
        for (let k = 1; k < places.length; k++) {
          // Those who still had something to come when this turn came had theirs in between.
          const waiting = ["a", "b", "c"].filter(
            (other) =>
              order.slice(places[k - 1] + 1).some((job) => job?.by === other) && other !== by,
          );
          const between = order.slice(places[k - 1] + 1, places[k]);
          for (const other of waiting) {
            const theirs = between.filter((job) => job?.by === other).length;
            expect(theirs).toBe(1);
          }
        }
      }
    }),
  );
});
