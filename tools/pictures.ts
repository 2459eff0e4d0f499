/**
 * Make the pictures of the documentation: the annotator in its main states, on its sample scene.
 *
 *     npm run build && npx tsx tools/pictures.ts
 */

import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { DEFAULT_MODEL, type ModelName } from "../src/models/index.ts";
import { serveAnnotator } from "../src/server/index.ts";
import { Annotator } from "../test/app/annotator.ts";
import { findChromium } from "../test/app/findChromium.ts";

const IMAGES = fileURLToPath(new URL("../docs/images/", import.meta.url));

/** Where the things of the scene lie, in its pixels, and what else a click says about it. */
const THINGS: readonly (readonly [name: string, ...clicks: (readonly [x: number, y: number])[]])[] =
  [
    ["orange", [464, 256], [420, 230], [505, 280]],
    ["starfish", [120, 110], [150, 60], [75, 130]],
    ["egg", [285, 215], [270, 165], [300, 270]],
    ["cookie", [535, 375], [510, 410], [575, 350]],
  ];

const GROUND: readonly (readonly [x: number, y: number])[] = [
  [400, 60],
  [150, 240],
  [225, 385],
  [370, 430],
  [600, 200],
  [176, 62],
  [50, 113],
  [75, 160],
  [592, 440],
];

/** Where the pointer is not in the way. */
const ASIDE = [640, 700] as const;

class Shooting {
  readonly annotator: Annotator;
  readonly #end: () => Promise<void>;

  constructor(annotator: Annotator, end: () => Promise<void>) {
    this.annotator = annotator;
    this.#end = end;
  }

  static async begin(browser: Browser, model: ModelName): Promise<Shooting> {
    const served = await serveAnnotator({ model });
    const page = await browser.newPage({
      viewport: { width: 1180, height: 760 },
      reducedMotion: "reduce",
    });
    const annotator = new Annotator(page);
    await page.goto(served.url);
    await annotator.settled();
    return new Shooting(annotator, async () => {
      await page.close();
      await served.close();
    });
  }

  /** Cut all things of the scene out. */
  async label(): Promise<void> {
    const { annotator } = this;
    for (const [i, [name, ...clicks]] of THINGS.entries()) {
      if (i > 0) await annotator.element.locator('[data-action="add-object"]').click();
      await this.#rename(i === 0 ? "object" : `object ${i + 1}`, name);
      for (const [x, y] of clicks) await annotator.click(x, y);
    }
    for (const [x, y] of GROUND) await annotator.click(x, y, { button: "right" });
  }

  /** Take a picture, when all is drawn. */
  async take(name: string, { pointer = ASIDE as readonly [number, number] } = {}): Promise<void> {
    const { annotator } = this;
    await annotator.page.mouse.move(...pointer);
    await annotator.settled();
    // Within the page its element is a mere element to the compiler.
    await annotator.element
      .locator("maskwise-stage")
      .evaluate((stage) => (stage as unknown as { drawn: Promise<void> }).drawn);
    await annotator.page.screenshot({ path: `${IMAGES}${name}.jpg`, type: "jpeg", quality: 88 });
  }

  async #rename(from: string, to: string): Promise<void> {
    const { annotator } = this;
    await annotator.label(from).locator('[data-action="rename"]').click();
    await annotator.page.keyboard.press("Control+a");
    await annotator.page.keyboard.type(to);
    await annotator.press("Enter");
  }

  end(): Promise<void> {
    return this.#end();
  }
}

const executablePath = findChromium();
if (!executablePath) throw new Error("expected a Chromium. Set CHROMIUM_PATH to its executable.");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });

const shooting = await Shooting.begin(browser, DEFAULT_MODEL);
const { annotator } = shooting;

// Before anything is said: what a first click would cut out.
const orange = await annotator.place(464, 256);
await annotator.page.mouse.move(orange.x - 2, orange.y);
await annotator.page.waitForTimeout(300);
await shooting.take("preview", { pointer: [orange.x, orange.y] });

await shooting.label();
await shooting.take("annotator");
await annotator.press("u");
await shooting.take("uncertainty");
await annotator.press("u");

// Too undecided to be anybody's.
await annotator.press("Shift+u");
await annotator.element.locator('[data-insight="unsure-from"]').fill("30");
await shooting.take("unsure");
await annotator.press("Shift+u");

// What the last click changed, and why a pixel is what it is.
await annotator.press("c");
await annotator.press("w");
await annotator.click(330, 300, { button: "right" });
const egg = await annotator.place(285, 240);
await annotator.page.mouse.move(egg.x - 2, egg.y);
await annotator.page.waitForTimeout(500);
await shooting.take("why", { pointer: [egg.x, egg.y] });
await annotator.press("Control+z");
await annotator.press("c");
await annotator.press("w");

// Where two things meet, so close that pixels are told apart.
await annotator.moveTo(196, 104);
for (let i = 0; i < 4; i++) await annotator.page.mouse.wheel(0, -500);
await shooting.take("pixels");
await annotator.press("Home");

// Polygons of the object in hand.
await annotator.label("egg").locator(".name").click();
await annotator.press("y");
await shooting.take("editing");
await annotator.press("q");

await annotator.press("t");
await annotator.press("t");
await annotator.element.locator(".more > summary").click();
await annotator.element.locator('[data-look="channel"]').selectOption("grey");
await annotator.element.locator('[data-look="contrast"]').fill("25");
await shooting.take("dark");
await annotator.element.locator('[data-action="plain"]').click();
await annotator.press("t");

await annotator.press("?");
await shooting.take("shortcuts");
await annotator.leaveDialog();

await annotator.page.setViewportSize({ width: 420, height: 800 });
await annotator.element.locator("aside").evaluate((panel) => panel.scrollTo(0, 0));
await shooting.take("narrow");
await shooting.end();

// What the model without weights makes of the same clicks.
const colour = await Shooting.begin(browser, "colour");
await colour.label();
await colour.annotator.press("u");
await colour.take("colour");
await colour.end();
await browser.close();
