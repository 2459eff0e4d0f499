import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { decode } from "fast-png";
import { expect, test } from "vitest";
import { browsing } from "./browsing.ts";
import { type At, overlap } from "./shapes.ts";

const start = browsing();

const DATA = "../../../shared/data/evaluation/grabcut";
const PHOTO = fileURLToPath(new URL(`${DATA}/images/flower.jpg`, import.meta.url));
const TRUTH = fileURLToPath(new URL(`${DATA}/masks/flower.png`, import.meta.url));

/** On the petals and the middle, and on leaves, blossoms and the flower behind. */
const FLOWER: readonly At[] = [
  [292, 128],
  [210, 330],
  [405, 270],
  [307, 255],
];
const BESIDE: readonly At[] = [
  [75, 150],
  [450, 345],
  [577, 225],
];

test.skipIf(!existsSync(PHOTO))(
  "a flower is cut out of a photo of ../shared/data with seven clicks, and a picture of it is kept",
  async () => {
    const annotator = await start({ viewport: { width: 1280, height: 800 } });
    await annotator.drop({
      name: "flower.jpg",
      mimeType: "image/jpeg",
      buffer: readFileSync(PHOTO),
    });
    for (const at of FLOWER) await annotator.click(...at);
    for (const at of BESIDE) await annotator.click(...at, { button: "right" });
    await annotator.page.mouse.move(0, 0);
    await annotator.screenshot("annotator.png");
    await annotator.press("u");
    await annotator.screenshot("annotatorUncertainty.png");

    const mask = await annotator.mask();
    const truth = decode(readFileSync(TRUTH));
    const isFlower = (x: number, y: number): boolean => truth.data[y * truth.width + x] === 255;
    expect([mask?.width, mask?.height]).toEqual([truth.width, truth.height]);
    expect(mask && overlap(mask, "object", isFlower)).toBeGreaterThan(0.8);
    for (const at of FLOWER) expect(await annotator.labelAt(...at)).toBe("object");
    for (const at of BESIDE) expect(await annotator.labelAt(...at)).toBe("background");
  },
);
