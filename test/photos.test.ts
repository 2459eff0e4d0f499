/** What is promised about clicks, on real photos. */

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  modelNames,
  newSession,
  openPicture,
  type Prompt,
  pixel,
  sayAll,
  state,
  takeBack,
} from "maskwise";
import { deviceFor, openModel, readPicture } from "maskwise/node";
import { expect, test } from "vitest";
import { randomNumbers } from "../src/tensor/random.ts";

const FOLDER = fileURLToPath(new URL("../../shared/data/evaluation/", import.meta.url));
const PHOTOS = 50;
const LABELS = ["background", "object", "other"];

/** A random sequence of clicks on different pixels. */
function clicks(random: () => number, width: number, height: number): readonly Prompt[] {
  const count = 2 + Math.floor(random() * 10);
  const places = new Set(
    Array.from({ length: count }, () => Math.floor(random() * width * height)),
  );
  return [...places].map((at) => ({
    kind: "click",
    at: pixel(at % width, Math.floor(at / width)),
    says: LABELS[Math.floor(random() * LABELS.length)],
  }));
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

test.skipIf(!existsSync(FOLDER)).each(modelNames)(
  `random clicks are obeyed in any order and can be taken back, on ${PHOTOS} photos of ../shared/data: %s`,
  { timeout: 600_000 },
  async (modelName) => {
    const index = JSON.parse(readFileSync(`${FOLDER}index.json`, "utf8")) as { image: string }[];
    const photos = [...new Set(index.map(({ image }) => image))];
    const random = randomNumbers(7);
    const model = await openModel(modelName);
    const { run } = await deviceFor(modelName);
    for (let i = 0; i < PHOTOS; i++) {
      const name = photos[Math.floor((i * photos.length) / PHOTOS)];
      const picture = await readPicture(FOLDER + name);
      const { width, height } = picture;
      const segmenter = await openPicture(picture, model, { run });
      const said = clicks(random, width, height);
      const session = sayAll(newSession(picture, LABELS), said);
      const { mask } = await segmenter.segment(session);
      for (const prompt of said) {
        if (prompt.kind !== "click") continue;
        const label = LABELS[mask.data[prompt.at.y * width + prompt.at.x]];
        expect(label, `${name} at ${prompt.at.x},${prompt.at.y}`).toBe(prompt.says);
      }
      const turned = sayAll(newSession(picture, LABELS), said.toReversed());
      expect(same((await segmenter.segment(turned)).mask.data, mask.data), name).toBe(true);
      const [first] = state(turned).prompts.keys();
      const less = await segmenter.segment(takeBack(turned, first));
      const never = sayAll(newSession(picture, LABELS), said.slice(0, -1));
      const without = await segmenter.segment(never);
      expect(same(less.mask.data, without.mask.data), name).toBe(true);
    }
  },
);
