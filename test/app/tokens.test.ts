/** What is known of a photo is kept: coming back to it costs a click and no encoding. */

import { expect, test } from "vitest";
import type { Annotator } from "./annotator.ts";
import { browsing } from "./browsing.ts";
import { DISC, RECTANGLE, shapesPng } from "./shapes.ts";

const start = browsing();

/** How many photos the page has asked its workers to encode. */
function encoded(annotator: Annotator): Promise<number> {
  return annotator.page.evaluate(() => (window as unknown as { encoded: number }).encoded);
}

test("going back to the photo before encodes nothing, and answers as it did", async () => {
  const annotator = await start();
  await annotator.page.addInitScript(() => {
    const counted = { encoded: 0 };
    Object.assign(window, counted);
    const send = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message: { kind?: string }, ...rest: never[]) {
      if (message.kind === "open") (window as unknown as typeof counted).encoded++;
      send.call(this, message, ...rest);
    };
  });
  await annotator.page.reload();
  await annotator.choose(shapesPng("one.png"), shapesPng("two.png"));
  await annotator.click(...DISC);
  const before = await annotator.fingerprint();
  await annotator.photo("two.png").locator(".name").click();
  await annotator.settled();
  await annotator.click(...RECTANGLE);
  const sofar = await encoded(annotator);
  expect(sofar).toBeGreaterThanOrEqual(2);

  await annotator.photo("one.png").locator(".name").click();
  await annotator.settled();
  expect(await annotator.fingerprint()).toBe(before);
  await annotator.click(...RECTANGLE);
  expect(await annotator.labelAt(...RECTANGLE)).toBe("object");
  expect(await encoded(annotator)).toBe(sofar);
});
