/**
 * Make the pictures of the documentation: the annotator in its main states, on its sample scene, with
 * the default model or another.
 *
 *     npm run build && npx tsx tools/pictures.ts [model]
 */

import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { DEFAULT_MODEL } from "../src/models/index.ts";
import { serveAnnotator } from "../src/server/index.ts";
import { Annotator } from "../test/app/annotator.ts";
import { findChromium } from "../test/app/findChromium.ts";

const IMAGES = fileURLToPath(new URL("../docs/images/", import.meta.url));

const executablePath = findChromium();
if (!executablePath) throw new Error("expected a Chromium. Set CHROMIUM_PATH to its executable.");
const [model = DEFAULT_MODEL] = process.argv.slice(2);
const served = await serveAnnotator({ model });
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({
  viewport: { width: 1180, height: 760 },
  reducedMotion: "reduce",
});
const annotator = new Annotator(page);
await annotator.page.goto(served.url);
await annotator.settled();

/** Where the things of the scene lie, in its pixels, and what else a click says about it. */
const CLICKS: readonly (readonly [name: string, ...clicks: (readonly [x: number, y: number])[]])[] =
  [
    ["orange", [464, 256], [420, 230], [505, 280]],
    ["starfish", [120, 110], [150, 60], [75, 130]],
    ["egg", [285, 215], [270, 165], [300, 270]],
    ["cookie", [535, 375], [510, 410], [575, 350]],
  ];

/** Take a picture, when all is drawn. */
async function take(name: string): Promise<void> {
  await annotator.element.locator("maskwise-stage").evaluate((stage) => {
    return (stage as unknown as { drawn: Promise<void> }).drawn;
  });
  await annotator.page.screenshot({ path: `${IMAGES}${name}.png` });
}

async function rename(from: string, to: string): Promise<void> {
  await annotator.label(from).locator('[data-action="rename"]').click();
  await annotator.page.keyboard.press("Control+a");
  await annotator.page.keyboard.type(to);
  await annotator.press("Enter");
}

for (const [i, [name, ...clicks]] of CLICKS.entries()) {
  if (i > 0) await annotator.element.locator('[data-action="add-object"]').click();
  await rename(i === 0 ? "object" : `object ${i + 1}`, name);
  for (const [x, y] of clicks) await annotator.click(x, y);
}
for (const [x, y] of [
  [400, 60],
  [150, 240],
  [225, 385],
  [370, 430],
  [600, 200],
  [176, 62],
  [50, 113],
  [75, 160],
  [592, 440],
] as const) {
  await annotator.click(x, y, { button: "right" });
}
await annotator.page.mouse.move(640, 700);
await take("annotator");
await annotator.press("u");
await take("uncertainty");
await annotator.press("u");

// Where two things meet, so close that pixels are told apart.
await annotator.moveTo(196, 104);
for (let i = 0; i < 4; i++) await annotator.page.mouse.wheel(0, -500);
await annotator.page.mouse.move(640, 700);
await take("pixels");
await annotator.press("Home");

await annotator.press("t");
await annotator.press("t");
await annotator.element.locator(".more > summary").click();
await annotator.element.locator('[data-look="channel"]').selectOption("grey");
await annotator.element.locator('[data-look="contrast"]').fill("25");
await take("dark");
await annotator.element.locator('[data-action="plain"]').click();
await annotator.press("t");

await annotator.press("?");
await take("shortcuts");
await annotator.press("Escape");

await annotator.page.setViewportSize({ width: 420, height: 800 });
await take("narrow");
await browser.close();
await served.close();
