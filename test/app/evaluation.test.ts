/** The example that evaluates in the page, in a real browser and in Node: the same objects on ONNX Runtime. */

import { expect, test } from "vitest";
import { evaluate } from "../../examples/browser/evaluation.ts";
import { agreement, type Sample } from "../../src/evaluate/index.ts";
import { type DeviceName, openDevice } from "../../src/node/index.ts";
import { donePage } from "./examplePages.ts";

async function samplesInPage(): Promise<readonly Sample[]> {
  const page = await donePage("evaluation.html", /hash [0-9a-f]{8}/);
  return page.evaluate(() => (window as unknown as { samples: Sample[] }).samples);
}

async function samplesOn(name: DeviceName): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for await (const { sample } of evaluate(await openDevice(name, { threads: 1 }))) {
    samples.push(sample);
  }
  return samples;
}

test("five objects get the masks in the page that they get in Node", async () => {
  const inPage = await samplesInPage();
  expect(inPage).toHaveLength(5);
  const lastIous = inPage.map(({ overlaps }) => overlaps.at(-1) ?? [0, 1]);
  for (const [intersection, union] of lastIous) expect(intersection / union).toBeGreaterThan(0.5);
  // The same kernels of the same build: all clicks and all masks, bit by bit.
  const onWasm = await samplesOn("wasm");
  expect(inPage.map(({ hash }) => hash)).toEqual(onWasm.map(({ hash }) => hash));
  for (const device of ["cpu", "interpreter"] as const) {
    const masks = agreement(inPage, await samplesOn(device));
    if (masks === undefined) throw new Error("expected objects in common.");
    const { equal, objects, maskIou } = masks;
    console.log(
      `page on wasm, Node on ${device}: ${equal} of ${objects} last masks equal, mean IoU ${maskIou.toFixed(5)}`,
    );
    // Other kernels sum in another order, which moves single pixels that are undecided.
    expect(maskIou).toBeGreaterThan(0.99);
  }
}, 180_000);
