import { expect, test } from "vitest";
import type { Annotator } from "./annotator.ts";
import { browsing } from "./browsing.ts";
import { DISC, GROUND, RECTANGLE, shapesPng } from "./shapes.ts";

const start = browsing();

/** Five megapixels: long enough to get to know for a person to do something meanwhile. */
const FACTOR = 8;
const LARGE = shapesPng("large.png", FACTOR);
const [LARGE_DISC, LARGE_GROUND] = [DISC, GROUND].map(
  ([x, y]) => [FACTOR * x, FACTOR * y] as const,
);

/** Open the large photo and come back while it is being worked on. */
async function beginLarge(annotator: Annotator): Promise<void> {
  await annotator.element.locator('input[type="file"]').setInputFiles([LARGE]);
  await annotator.element.locator('[data-action="cancel"]').waitFor();
}

/** Make the page's only worker fail as it would for want of memory. */
async function breakWorker(annotator: Annotator): Promise<void> {
  const [worker] = annotator.page.workers();
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error("out of memory");
    });
  });
}

test("while a photo is being opened the page goes on drawing, and says how far it is", async () => {
  const annotator = await start();
  await annotator.element.evaluate((element) => {
    const seen = { frames: 0, shares: [] as number[] };
    Object.assign(window, { seen });
    const look = (): void => {
      const work = element.shadowRoot?.querySelector('[data-action="cancel"]')?.parentElement;
      const bar = work?.querySelector("progress");
      if (bar) {
        seen.frames++;
        seen.shares.push(bar.value);
      }
      requestAnimationFrame(look);
    };
    look();
  });
  await annotator.choose(LARGE);
  const { frames, shares } = await annotator.page.evaluate(
    () => (window as unknown as { seen: { frames: number; shares: number[] } }).seen,
  );
  expect(frames).toBeGreaterThan(5);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(new Set(shares).size).toBeGreaterThan(2);
});

test("clicks made before the photo is known wait, and then all count", async () => {
  const annotator = await start();
  await beginLarge(annotator);
  await annotator.click(LARGE_DISC[0], LARGE_DISC[1], { isHasty: true });
  await annotator.click(LARGE_GROUND[0], LARGE_GROUND[1], { button: "right", isHasty: true });
  await annotator.settled();
  expect(await annotator.labelAt(LARGE_DISC[0], LARGE_DISC[1])).toBe("object");
  expect(await annotator.labelAt(LARGE_GROUND[0], LARGE_GROUND[1])).toBe("background");
});

test("the opening can be stopped and taken up again", async () => {
  const annotator = await start();
  await beginLarge(annotator);
  await annotator.click(LARGE_DISC[0], LARGE_DISC[1], { isHasty: true });
  await annotator.element.locator('[data-action="cancel"]').click();
  await annotator.settled();
  expect(await annotator.fingerprint()).toBeUndefined();
  expect(await annotator.history()).toEqual({ at: 1, of: 1 });
  await annotator.element.locator('[data-action="resume"]').click();
  await annotator.settled();
  expect(await annotator.labelAt(LARGE_DISC[0], LARGE_DISC[1])).toBe("object");
});

test("another photo can be chosen while one is being opened", async () => {
  const annotator = await start({ photos: [shapesPng("small.png")] });
  await beginLarge(annotator);
  await annotator.photo("small.png").locator(".name").click();
  await annotator.settled();
  await annotator.click(...RECTANGLE);
  expect((await annotator.mask())?.width).toBe(320);
});

test("when the worker breaks, mask and clicks stay, and the next mask comes from a new one", async () => {
  const annotator = await start({ photos: [shapesPng()] });
  await annotator.click(...DISC);
  const before = await annotator.fingerprint();
  await breakWorker(annotator);
  await expect.poll(() => annotator.page.workers().length).toBe(0);
  expect(await annotator.fingerprint()).toEqual(before);
  await annotator.click(...GROUND, { button: "right" });
  expect(await annotator.history()).toEqual({ at: 2, of: 2 });
  expect(await annotator.labelAt(...DISC)).toBe("object");
  expect(await annotator.labelAt(...GROUND)).toBe("background");
});

test("a worker that breaks while it opens a photo is started again by itself", async () => {
  const annotator = await start();
  await beginLarge(annotator);
  await annotator.click(LARGE_DISC[0], LARGE_DISC[1], { isHasty: true });
  await breakWorker(annotator);
  await annotator
    .notices()
    .getByText(/stopped .*out of memory/)
    .waitFor();
  await annotator.settled();
  expect(await annotator.labelAt(LARGE_DISC[0], LARGE_DISC[1])).toBe("object");
});

test("a worker that always breaks is given up with the reason, clicks are kept, and one can try again", async () => {
  const annotator = await start();
  await annotator.page.addInitScript(() => {
    const broken = URL.createObjectURL(new Blob(["throw new Error('no such luck')"]));
    const RealWorker = window.Worker;
    Object.assign(window, {
      isBroken: true,
      Worker: class {
        constructor(address: string, options: WorkerOptions) {
          const { isBroken } = window as unknown as { isBroken: boolean };
          // biome-ignore lint/correctness/noConstructorReturn: it stands in for another class
          return new RealWorker(isBroken ? broken : address, options);
        }
      },
    });
  });
  await annotator.page.reload();
  await annotator.choose(shapesPng());
  const failed = annotator.element.locator(".work [role=alert]");
  expect(await failed.textContent()).toMatch(/no such luck/);
  await annotator.click(...DISC);
  expect(await annotator.history()).toEqual({ at: 1, of: 1 });
  await annotator.page.evaluate(() => Object.assign(window, { isBroken: false }));
  await annotator.element.locator('[data-action="again"]').click();
  await annotator.settled();
  expect(await failed.count()).toBe(0);
  expect(await annotator.labelAt(...DISC)).toBe("object");
});
