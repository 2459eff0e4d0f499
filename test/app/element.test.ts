/** `<maskwise-image>`, as it is shipped, on a page of somebody else. */

import { readFileSync } from "node:fs";
import { readMaskFile, type Session } from "maskwise";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { serveElement } from "./elementPage.ts";
import { donePage } from "./examplePages.ts";
import { findChromium } from "./findChromium.ts";
import { type At, DISC, GROUND, RECTANGLE, shapesPng } from "./shapes.ts";

/** What the page under test has made of the element: see elementPage.ts. */
interface Image extends HTMLElement {
  model: string;
  label: string;
  session: Session | undefined;
  load(source: unknown, labels?: readonly string[]): Promise<void>;
  addClick(at: { x: number; y: number }, says?: string): string;
  takeBack(id: string): void;
  undo(): void;
  redo(): void;
  clear(): void;
  addLabel(label: string): void;
  masks(): Promise<readonly { label: string; mask: { data: Uint8Array; width: number } }[]>;
  toBlob(format: string): Promise<Blob>;
}

interface Told {
  readonly name: string;
  readonly detail: { readonly by?: string; readonly share?: number; readonly error?: Error };
}

declare const image: Image;
declare const told: readonly Told[];

let browser: Browser;
beforeAll(async () => {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("expected a Chromium. Set CHROMIUM_PATH to its executable.");
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
});
afterAll(() => browser?.close());

const SHAPES = shapesPng();

/** The page with the element, and the shapes beside it as `shapes.png`. */
async function start(): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 900, height: 700 } });
  const errors: string[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  onTestFinished(async () => {
    await page.close();
    expect(errors).toEqual([]);
  });
  await page.goto(
    await serveElement({ "shapes.png": SHAPES.buffer, "letter.txt": Buffer.from("Hi") }),
  );
  await page.evaluate(() => {
    image.model = "colour";
  });
  return page;
}

/** The first mask as a line of 0 and 1. */
function firstMask(page: Page): Promise<string> {
  return page.evaluate(async () => [...((await image.masks())[0]?.mask.data ?? [])].join(""));
}

const at = ([x, y]: At): { x: number; y: number } => ({ x, y });

test("a program loads a picture, clicks, and gets masks that obey", async () => {
  const page = await start();
  const seen = await page.evaluate(
    async ({ disc, ground }) => {
      await image.load("shapes.png");
      image.addClick(disc);
      image.addClick(ground, "background");
      const [{ label, mask }] = await image.masks();
      const value = ({ x, y }: { x: number; y: number }): number => mask.data[y * mask.width + x];
      return { label, disc: value(disc), ground: value(ground) };
    },
    { disc: at(DISC), ground: at(GROUND) },
  );
  expect(seen).toEqual({ label: "object", disc: 1, ground: 0 });
});

test("a click taken back is as one never made, undo and redo go both ways, and a session comes back", async () => {
  const page = await start();
  await page.evaluate(
    (disc) => image.load("shapes.png").then(() => image.addClick(disc)),
    at(DISC),
  );
  const one = await firstMask(page);
  const id = await page.evaluate((more) => image.addClick(more), at(RECTANGLE));
  const two = await firstMask(page);
  expect(two).not.toBe(one);
  await page.evaluate((id) => image.takeBack(id), id);
  expect(await firstMask(page)).toBe(one);
  await page.evaluate(() => image.undo());
  expect(await firstMask(page)).toBe(two);
  await page.evaluate(() => image.redo());
  expect(await firstMask(page)).toBe(one);

  const session = await page.evaluate(() => image.session);
  await page.evaluate(() => image.clear());
  expect(await page.evaluate(() => image.masks())).toEqual([]);
  await page.evaluate((session) => {
    image.session = session;
  }, session);
  expect(await firstMask(page)).toBe(one);
});

test("a person's clicks and a program's are the same, and events say whose they were", async () => {
  const page = await start();
  await page.evaluate(
    (disc) => image.load("shapes.png").then(() => image.addClick(disc)),
    at(DISC),
  );
  const byProgram = await firstMask(page);
  await page.evaluate(() => image.undo());
  const place = await page.evaluate((disc) => {
    const stage = image.shadowRoot?.querySelector("maskwise-stage") as HTMLElement & {
      clientPoint(at: object): { x: number; y: number };
    };
    return stage.clientPoint({ unit: "pixel", ...disc });
  }, at(DISC));
  await page.mouse.click(place.x, place.y);
  expect(await firstMask(page)).toBe(byProgram);
  const names = await page.evaluate(() =>
    told.filter(({ name }) => name === "change").map(({ detail }) => detail.by),
  );
  expect(names).toEqual(["program", "program", "program", "person"]);
});

test("events tell of the encoding, then of the masks", async () => {
  const page = await start();
  await page.evaluate(
    (disc) => image.load("shapes.png").then(() => image.addClick(disc)),
    at(DISC),
  );
  await firstMask(page);
  const events = await page.evaluate(() =>
    told.map(({ name, detail }) => ({ name, share: detail?.share })),
  );
  const shares = events.flatMap(({ share }) => share ?? []);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  const names = events.map(({ name }) => name).filter((name) => name !== "progress");
  expect(names.indexOf("ready")).toBeGreaterThan(names.indexOf("change"));
  expect(names.at(-1)).toBe("masks");
});

test("several labels, and files that read back as the masks", async () => {
  const page = await start();
  const file = await page.evaluate(
    async ({ disc, ground }) => {
      await image.load(await (await fetch("shapes.png")).blob(), ["background", "disc"]);
      image.addClick(disc);
      image.addLabel("ground");
      image.addClick(ground);
      return [...new Uint8Array(await (await image.toBlob("indexed-png")).arrayBuffer())];
    },
    { disc: at(DISC), ground: at(GROUND) },
  );
  const { mask, labels } = readMaskFile(Uint8Array.from(file));
  expect(labels).toEqual(["background", "disc", "ground"]);
  expect(mask.data[DISC[1] * mask.width + DISC[0]]).toBe(1);
  expect(mask.data[GROUND[1] * mask.width + GROUND[0]]).toBe(2);
});

test.each([
  ["nowhere.png", "404"],
  ["letter.txt", "not a picture"],
])("loading %s is refused with the reason, and what is shown stays", async (address, reason) => {
  const page = await start();
  await page.evaluate(
    (disc) => image.load("shapes.png").then(() => image.addClick(disc)),
    at(DISC),
  );
  const before = await firstMask(page);
  const refused = await page.evaluate(
    (address) => image.load(address).then(String, (error: Error) => error.message),
    address,
  );
  expect(refused).toContain(reason);
  await page.evaluate((address) => image.setAttribute("src", address), address);
  await expect
    .poll(() => page.evaluate(() => told.some(({ name }) => name === "problem")))
    .toBe(true);
  expect(await firstMask(page)).toBe(before);
});

test("before a picture is loaded, and outside of it, clicks are refused with the cure", async () => {
  const page = await start();
  const tried = (): Promise<string> =>
    page.evaluate(() => {
      try {
        return image.addClick({ x: 5000, y: 1 });
      } catch (error) {
        return (error as Error).message;
      }
    });
  expect(await tried()).toContain("Await load() first");
  await page.evaluate(() => image.load("shapes.png"));
  expect(await tried()).toContain("5000");
});

test("a worker that breaks is started again, with all that was said", async () => {
  const page = await start();
  await page.evaluate(
    (disc) => image.load("shapes.png").then(() => image.addClick(disc)),
    at(DISC),
  );
  const before = await firstMask(page);
  const [worker] = page.workers();
  await worker?.evaluate(() => {
    setTimeout(() => {
      throw new Error("out of memory");
    });
  });
  await expect.poll(() => page.workers().length).toBe(0);
  await page.evaluate((ground) => image.addClick(ground, "background"), at(GROUND));
  await page.evaluate(() => image.undo());
  expect(await firstMask(page)).toBe(before);
});

test("moved on its page it goes on; taken off, its worker ends", async () => {
  const page = await start();
  await page.evaluate(
    (disc) => image.load("shapes.png").then(() => image.addClick(disc)),
    at(DISC),
  );
  const before = await firstMask(page);
  await page.evaluate(() => {
    const frame = document.createElement("main");
    document.body.append(frame);
    frame.append(image);
  });
  expect(await firstMask(page)).toBe(before);
  expect(page.workers().length).toBe(1);
  await page.evaluate(() => image.remove());
  await expect.poll(() => page.workers().length).toBe(0);
});

test("the default network comes with it, from where the package lies", async () => {
  const page = await start();
  const seen = await page.evaluate(async (disc) => {
    image.removeAttribute("model");
    await image.load("shapes.png");
    image.addClick(disc);
    const [{ mask }] = await image.masks();
    return mask.data[disc.y * mask.width + disc.x];
  }, at(DISC));
  expect(seen).toBe(1);
}, 180_000);

test("the example page of at most 20 lines cuts a thing out of a scene", async () => {
  const source = readFileSync(
    new URL("../../examples/browser/element.html", import.meta.url),
    "utf8",
  );
  expect(source.trim().split("\n").length).toBeLessThanOrEqual(20);
  const page = await donePage("element.html", "Click on a thing");
  const place = await page.evaluate(() => {
    const stage = document
      .querySelector("maskwise-image")
      ?.shadowRoot?.querySelector("maskwise-stage") as HTMLElement & {
      clientPoint(at: object): { x: number; y: number };
    };
    return stage.clientPoint({ unit: "pixel", x: 464, y: 256 });
  });
  await page.mouse.click(place.x, place.y);
  await page.getByText("Right-click what is too much").waitFor();
}, 180_000);
