import { expect, test } from "vitest";
import { add, type Graph, graph, input, multiply } from "../../src/graph/index.ts";
import { ortDevice } from "../../src/runtime/index.ts";
import { tensor } from "../../src/tensor/index.ts";
import { countedRuntime } from "./countedRuntime.ts";

/** y = x · factor, over so many keys. */
function scaled(keys: number, factor: number): Graph {
  return graph({ y: multiply(input("x", { keys }), factor) });
}

const ones = (keys: number) => ({ x: tensor({ keys }, new Float32Array(keys).fill(1)) });

test("equal graphs built twice share one session, also when they are run at once", async () => {
  const { ort, made } = await countedRuntime();
  const device = ortDevice(ort);
  const runs = [scaled(2, 3), scaled(2, 3), scaled(2, 3)].map((g) => device.run(g, ones(2)));
  for (const { y } of await Promise.all(runs)) expect(y.data).toEqual(Float32Array.of(3, 3));
  expect(made()).toBe(1);
  await device.run(scaled(2, 4), ones(2));
  await device.run(scaled(3, 3), ones(3));
  expect(made()).toBe(3);
  await device.dispose();
});

test("runs of one graph at once get their own answers", async () => {
  const { ort } = await countedRuntime();
  const device = ortDevice(ort);
  const doubled = scaled(1, 2);
  const runs = Array.from({ length: 20 }, (_, i) =>
    device.run(doubled, { x: tensor({ keys: 1 }, [i]) }),
  );
  const answers = (await Promise.all(runs)).map(({ y }) => y.data[0]);
  expect(answers).toEqual(Array.from({ length: 20 }, (_, i) => 2 * i));
  await device.dispose();
});

test("no more sessions are kept than asked for, and a graph that lost its own runs all the same", async () => {
  const { ort, made, alive } = await countedRuntime();
  const device = ortDevice(ort, { sessions: 2 });
  const graphs = [1, 2, 3, 4].map((keys) => scaled(keys, 5));
  for (const [i, each] of graphs.entries()) await device.run(each, ones(i + 1));
  expect(alive()).toBe(2);
  const { y } = await device.run(graphs[0], ones(1));
  expect(y.data).toEqual(Float32Array.of(5));
  expect(made()).toBe(5);
  await device.dispose();
  expect(alive()).toBe(0);
});

test("a bound graph keeps its session, its constants and its results on the device", async () => {
  const { ort, alive } = await countedRuntime();
  const device = ortDevice(ort, { sessions: 1 });
  const walk = graph({ x: add(input("x", { keys: 2 }), input("step", { keys: 2 })) });
  const program = await device.bind(walk, { constants: { step: tensor({ keys: 2 }, [1, 10]) } });
  let place = await device.place(tensor({ keys: 2 }, [0, 0]));
  for (let i = 0; i < 3; i++) {
    const { x } = await program.run({ x: place });
    place.dispose();
    place = x;
    await device.run(scaled(1, i), ones(1));
  }
  expect(await place.read()).toEqual(tensor({ keys: 2 }, Float32Array.of(3, 30)));
  expect(alive()).toBeLessThanOrEqual(2);
  place.dispose();
  await expect(place.read()).rejects.toThrowErrorMatchingInlineSnapshot(
    `[TypeError: DeviceTensor: expected a tensor that is still there, got one that was disposed of. Read it, or feed it, before.]`,
  );
  await expect(program.run({ x: place })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[TypeError: DeviceTensor: expected a tensor that is still there, got one that was disposed of. Read it, or feed it, before.]`,
  );
  await program.dispose();
  await expect(program.run(ones(2))).rejects.toThrowErrorMatchingInlineSnapshot(
    `[Error: program: it was disposed of and runs nothing any more. Make a new one.]`,
  );
  await device.dispose();
  expect(alive()).toBe(0);
});

test("no session is released while another runs: builds that compute in steps would mix them up", async () => {
  const { ort } = await countedRuntime();
  let running = 0;
  const { create } = ort.InferenceSession;
  const watched = async (model: Uint8Array, options: object) => {
    const session = await create(model, options);
    const watch: typeof session = {
      ...session,
      run: async (feeds) => {
        running++;
        await new Promise((resolve) => setTimeout(resolve, 1));
        return session.run(feeds).finally(() => running--);
      },
      release: () => {
        expect(running).toBe(0);
        return session.release();
      },
    };
    return watch;
  };
  const device = ortDevice({ ...ort, InferenceSession: { create: watched } }, { sessions: 1 });
  const runs = [1, 2, 3, 4, 5, 6].map((keys) => device.run(scaled(keys, 3), ones(keys)));
  expect((await Promise.all(runs)).map(({ y }) => y.data.length)).toEqual([1, 2, 3, 4, 5, 6]);
  await device.dispose();
});

test("disposing of a device waits for what is under way, frees all, and ends it", async () => {
  const { ort, alive } = await countedRuntime();
  const device = ortDevice(ort);
  const last = device.run(scaled(2, 7), ones(2));
  await device.dispose();
  expect((await last)["y"].data).toEqual(Float32Array.of(7, 7));
  expect(alive()).toBe(0);
  await expect(device.run(scaled(2, 7), ones(2))).rejects.toThrowErrorMatchingInlineSnapshot(
    `[Error: device "ONNX Runtime (cpu, float32)": it was disposed of and runs nothing any more. Make a new one.]`,
  );
  await device.dispose();
});
