/** The example that learns in the page, in a real browser and in Node. */

import ortWeb from "onnxruntime-web";
import { expect, test } from "vitest";
import { learn } from "../../examples/browser/learning.ts";
import { type Device, interpreterDevice, ortDevice } from "../../src/runtime/index.ts";
import { donePage } from "./examplePages.ts";

const STEPS = 60;

async function lossesInPage(): Promise<readonly number[]> {
  const page = await donePage("learning.html", `Step ${STEPS} of ${STEPS}`);
  return page.evaluate(() => (window as unknown as { losses: number[] }).losses);
}

async function lossesOn(device: Device): Promise<readonly number[]> {
  const losses: number[] = [];
  for await (const { loss } of learn(device, STEPS)) losses.push(loss);
  return losses;
}

function apart(a: readonly number[], b: readonly number[]): number {
  return Math.max(...a.map((loss, step) => Math.abs(loss - b[step])));
}

test("a network learns in the page as it does in Node", async () => {
  const inPage = await lossesInPage();
  expect(inPage).toHaveLength(STEPS);
  expect(inPage[STEPS - 1]).toBeLessThan(inPage[0] / 4);
  // The same kernels of the same build.
  const inNode = await lossesOn(ortDevice(ortWeb, { provider: "wasm", threads: 1 }));
  expect(apart(inPage, inNode)).toBeLessThan(1e-6);
  // Sums in another order: roundings of 24 bits that grow with every step.
  const interpreted = await lossesOn(interpreterDevice("float32"));
  expect(apart(inPage.slice(0, 10), interpreted.slice(0, 10))).toBeLessThan(1e-4);
}, 180_000);
