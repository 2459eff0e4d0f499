import { describe, expect, test } from "vitest";
import { exp, graph, input } from "../../src/graph/index.ts";
import { tensor } from "../../src/tensor/index.ts";
import { testDevices } from "../support/devices.ts";

const growth = graph({ y: exp(input("x", {})) });
const x = tensor({}, [0]);

describe.each(testDevices.filter(({ isHere }) => isHere))("on $name", ({ open }) => {
  test("a device that was disposed of runs, binds, places and lets its programs run and its tensors be read no more", async () => {
    const device = await open();
    const program = await device.bind(growth);
    const [first, second] = await Promise.all([device.bind(growth), program.run({ x })]);
    expect(Array.from((await second["y"].read()).data)).toEqual([1]);
    const last = first.run({ x });
    await device.dispose();
    const gone = /^device ".*": it was disposed of and runs nothing any more\. Make a new one\.$/;
    await expect(device.run(growth, { x })).rejects.toThrow(gone);
    await expect(device.bind(growth)).rejects.toThrow(gone);
    await expect(device.place(x)).rejects.toThrow(gone);
    await expect(program.run({ x })).rejects.toThrow(gone);
    await expect((await last)["y"].read()).rejects.toThrow(gone);
    await program.dispose();
    await program.dispose();
    await device.dispose();
  });
});
