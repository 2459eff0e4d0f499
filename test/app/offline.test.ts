/** The page without a network, after it has been there once. */

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Annotator } from "./annotator.ts";
import { browsing, PAGE, serveStatically } from "./browsing.ts";
import { DISC, GROUND, shapesPng } from "./shapes.ts";

const start = browsing();

/** Everything is fetched and hashed first. */
const PATIENT = { timeout: 120_000 };

const beside = (name: string): Buffer => readFileSync(join(dirname(PAGE), name));

type Served = Parameters<typeof serveStatically>[0];

/** The page from a web server, kept by the browser. */
async function startKept(altered: Served = {}): Promise<{ annotator: Annotator; close(): void }> {
  const { url, close } = await serveStatically(altered);
  onTestFinished(close);
  const annotator = await start({ address: url });
  await annotator.notices().getByText("without a network").waitFor(PATIENT);
  return { annotator, close };
}

test("once it has been loaded the page opens and segments with no server at all", async () => {
  const { annotator, close } = await startKept();
  await annotator.choose(shapesPng());
  await annotator.click(...DISC);
  const before = await annotator.fingerprint();
  close();
  await annotator.page.context().setOffline(true);
  await annotator.page.reload();
  await annotator.settled();
  await annotator.choose(shapesPng());
  await annotator.click(...DISC);
  // The network with its weights and ONNX Runtime, as before: not something simpler.
  expect(await annotator.fingerprint()).toBe(before);
  await annotator.click(...GROUND, { button: "right" });
  expect(await annotator.labelAt(...GROUND)).toBe("background");
}, 240_000);

test("a newer page is told of, and comes when the person takes it", async () => {
  const altered: Record<string, Uint8Array> = {};
  const { annotator } = await startKept(altered);
  const { page } = annotator;
  altered["index.html"] = Buffer.from(
    beside("index.html").toString().replace("<title>Maskwise", "<title>Newer Maskwise"),
  );
  altered["sw.js"] = Buffer.from(
    beside("sw.js")
      .toString()
      .replace(/VERSION = "\w+"/, 'VERSION = "newer"'),
  );
  await page.reload();
  expect(await page.title()).toBe("Maskwise");
  await annotator.notices().getByText("newer Maskwise").waitFor(PATIENT);
  await annotator.notices().getByText("Load it").click();
  await page.waitForFunction(() => document.title === "Newer Maskwise", undefined, PATIENT);
  const caches = await page.evaluate(() => window.caches.keys());
  expect(caches.filter((name) => name.startsWith("maskwise-files"))).toEqual([
    "maskwise-files-newer",
  ]);
}, 240_000);

test("files that arrive damaged are not kept, and the page says what can be done instead", async () => {
  const whole = beside("sw.js").toString();
  const small = /small-[^"]+\.safetensors/.exec(whole)?.[0] ?? "";
  const { url, close } = await serveStatically({ small: beside(small).subarray(0, 100_000) });
  onTestFinished(close);
  const annotator = await start({ address: url, photos: [shapesPng()] });
  await annotator.click(...DISC);
  await annotator.element.locator(".work [role=alert]").getByText("cannot be used").waitFor();
  await annotator.element.locator('[data-action="colour"]').click();
  await annotator.settled();
  expect(await annotator.labelAt(...DISC)).toBe("object");
  expect(new URL(annotator.page.url()).hash).toBe("#model=colour");
  const kept = (): Promise<string> =>
    annotator.page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      const isTrying = registration?.installing || registration?.waiting;
      const names = (await caches.keys()).filter((name) => name.startsWith("maskwise-files"));
      return registration?.active ? "kept" : isTrying || names.length > 0 ? "trying" : "not kept";
    });
  await expect.poll(kept, { timeout: 60_000 }).toBe("not kept");
}, 240_000);

test("it can be installed: Chromium finds nothing amiss with its manifest and icons", async () => {
  const { annotator } = await startKept();
  const devtools = await annotator.page.context().newCDPSession(annotator.page);
  const { errors, data } = await devtools.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  expect(JSON.parse(data ?? "").name).toBe("Maskwise");
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  // Tests run in private windows, from which nothing can be installed.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(["in-incognito"]);
}, 240_000);
