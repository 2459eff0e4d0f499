import { type Device, interpreterDevice, openModel } from "maskwise";
import { expect, test } from "vitest";
import { contest } from "./contest.ts";

const model = await openModel("colour");
const { run } = interpreterDevice();

/** A clock on which each device takes so many milliseconds a graph. */
function clock(): {
  now(): number;
  taking(ms: number, device?: Pick<Device, "run">): Pick<Device, "run">;
} {
  let time = 0;
  return {
    now: () => time,
    taking: (ms, device = { run }) => ({
      run: (graph, inputs) => {
        time += ms;
        return device.run(graph, inputs);
      },
    }),
  };
}

/** A device whose numbers are off by a factor. */
function scaled(factor: number): Pick<Device, "run"> {
  return {
    run: async (graph, inputs) =>
      Object.fromEntries(
        Object.entries(await run(graph, inputs)).map(([name, tensor]) => [
          name,
          { ...tensor, data: Float32Array.from(tensor.data, (value) => value * factor) },
        ]),
      ),
  };
}

test("a device that gives the same answer sooner is taken, with both times", async () => {
  const { now, taking } = clock();
  const verdict = await contest(model, taking(10), async () => taking(1), now);
  expect(verdict).toMatchObject({ isTaken: true, difference: 0, failure: undefined });
  expect(verdict.usualMs).toBe(10 * (verdict.otherMs ?? 0));
});

test("one that is as fast, or slower, is not", async () => {
  for (const ms of [9, 10, 50]) {
    const { now, taking } = clock();
    const verdict = await contest(model, taking(10), async () => taking(ms), now);
    expect(verdict).toMatchObject({ isTaken: false, difference: 0 });
  }
});

test("one that answers otherwise is not, however fast", async () => {
  for (const factor of [0.5, 3, Number.NaN]) {
    const { now, taking } = clock();
    const verdict = await contest(model, taking(10), async () => taking(1, scaled(factor)), now);
    expect(verdict.isTaken).toBe(false);
    expect(verdict.difference).toBeGreaterThan(0.02);
  }
});

test("one that cannot be opened, or breaks, is not, and it is said why", async () => {
  const { now, taking } = clock();
  const broken: Pick<Device, "run"> = {
    run: async () => {
      throw new Error("device lost");
    },
  };
  for (const open of [async () => broken, () => Promise.reject(new Error("device lost"))]) {
    const verdict = await contest(model, taking(10), open, now);
    expect(verdict).toMatchObject({ isTaken: false, otherMs: undefined, failure: "device lost" });
  }
});
