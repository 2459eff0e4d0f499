/** The default model in the page: a trained network, fetched beside it and run in WebAssembly. */

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { decode, encode } from "fast-png";
import { newSession, openPicture, pixel, sayAll, scene } from "maskwise";
import { openDevice, openModel } from "maskwise/node";
import { expect, onTestFinished, test } from "vitest";
import type { Annotator } from "./annotator.ts";
import { browsing, PAGE_ON_DISK, serveStatically } from "./browsing.ts";
import { overlap } from "./shapes.ts";

const start = browsing();

const DATA = "../../../shared/data/evaluation/grabcut";
const PHOTO = fileURLToPath(new URL(`${DATA}/images/flower.jpg`, import.meta.url));
const TRUTH = fileURLToPath(new URL(`${DATA}/masks/flower.png`, import.meta.url));

/** Large enough to click on, small enough to be quick. */
const SIZE = { width: 320, height: 240 };
const { picture: PICTURE } = scene(1, SIZE);
const SCENE = {
  name: "scene.png",
  mimeType: "image/png",
  buffer: Buffer.from(encode({ ...PICTURE, channels: 3 })),
};

type Said = readonly [x: number, y: number, button: "left" | "right"];
const CLICKS: readonly Said[] = [
  [232, 128, "left"],
  [60, 55, "right"],
  [210, 115, "left"],
  [160, 220, "right"],
];

type Altered = Parameters<typeof serveStatically>[0];

/** The page on a web server, for one test. */
async function served(altered: Altered = {}): Promise<string> {
  const { url, close } = await serveStatically(altered);
  onTestFinished(close);
  return url;
}

async function clickAll(annotator: Annotator, clicks: readonly Said[]): Promise<void> {
  for (const [x, y, button] of clicks) await annotator.click(x, y, { button });
}

test("clicks on the network are obeyed, their order is of no account, and they can be taken back", async () => {
  const address = await served();
  const annotator = await start({ address, photos: [SCENE] });
  await clickAll(annotator, CLICKS.slice(0, -1));
  const before = await annotator.fingerprint();
  await clickAll(annotator, CLICKS.slice(-1));
  for (const [x, y, button] of CLICKS) {
    expect(await annotator.labelAt(x, y)).toBe(button === "left" ? "object" : "background");
  }
  const after = await annotator.fingerprint();
  const other = await start({ address, photos: [SCENE] });
  await clickAll(other, CLICKS.toReversed());
  expect(await other.fingerprint()).toBe(after);
  const [x, y] = CLICKS[CLICKS.length - 1];
  await other.click(x, y);
  expect(await other.fingerprint()).toBe(before);
});

test("the page's mask is that of Node, pixel by pixel, where both run WebAssembly", async () => {
  const annotator = await start({ address: await served(), photos: [SCENE] });
  await clickAll(annotator, CLICKS);
  const device = await openDevice("wasm", { threads: 1 });
  const segmenter = await openPicture(PICTURE, await openModel(), device);
  const session = sayAll(
    newSession(SIZE),
    CLICKS.map(([x, y, button]) => ({
      kind: "click",
      at: pixel(x, y),
      says: button === "left" ? "object" : "background",
    })),
  );
  const { mask } = await segmenter.segment(session);
  await device.dispose();
  expect((await annotator.mask())?.data).toEqual(mask.data);
});

test.skipIf(!existsSync(PHOTO))(
  "one click cuts the better part of a flower out of a photo of ../shared/data",
  async () => {
    const flower = { name: "flower.jpg", mimeType: "image/jpeg", buffer: readFileSync(PHOTO) };
    const annotator = await start({ address: await served(), photos: [flower] });
    await annotator.click(307, 255);
    const mask = await annotator.mask();
    const truth = decode(readFileSync(TRUTH));
    const isFlower = (x: number, y: number): boolean => truth.data[y * truth.width + x] === 255;
    // A flower in the middle, sharp on a blurred ground, is what a first click is for.
    expect(mask && overlap(mask, "object", isFlower)).toBeGreaterThan(0.6);
  },
);

test.each([
  ["missing", undefined, "404"],
  [
    "damaged",
    readFileSync(new URL("../../weights/small.safetensors", import.meta.url)).subarray(0, 1000),
    "readSafetensors",
  ],
])(
  "weights that are %s are told with the cure, and the colour model goes on",
  async (_, weights, what) => {
    const address = await served({ small: weights });
    const annotator = await start({ address, photos: [SCENE] });
    await annotator.click(232, 128);
    const failed = await annotator.element.locator(".work [role=alert]").textContent();
    expect(failed).toContain('the weights of the model "small" cannot be used');
    expect(failed).toContain(what);
    const other = await start({ address: `${address}#model=colour`, photos: [SCENE] });
    await other.click(232, 128);
    expect(await other.labelAt(232, 128)).toBe("object");
  },
);

test("without ONNX Runtime's WebAssembly the interpreter does the same, and that is said", async () => {
  const address = await served({ "ort-wasm": undefined });
  const annotator = await start({ address, photos: [SCENE] });
  await annotator.click(232, 128);
  expect(await annotator.labelAt(232, 128)).toBe("object");
  expect(await annotator.notices().textContent()).toContain("ONNX Runtime could not be loaded");
});

test("a page from the disk says that the colour model segments", async () => {
  const annotator = await start({ address: PAGE_ON_DISK.replace(/#.*/, "") });
  expect(await annotator.notices().textContent()).toContain("the colour model segments");
  await annotator.click(320, 240);
  expect(await annotator.labelAt(320, 240)).toBe("object");
});
