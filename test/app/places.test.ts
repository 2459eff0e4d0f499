import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { readMaskFile } from "maskwise";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { browsing, serveStatically } from "./browsing.ts";
import { DISC, GROUND, RECTANGLE, shapesPng } from "./shapes.ts";

const start = browsing();

/** What `npm start` runs. */
const START = fileURLToPath(new URL("../../tools/start.mjs", import.meta.url));

/** Apart from what is in the page itself, and what installs it, which browsers ask for when they see fit. */
function isOfUse(address: string): boolean {
  return !/^(data|blob):|(sw\.js|manifest\.webmanifest|icon-[\w-]+\.png)$/.test(address);
}

test("the page asks for nothing but the files beside it, from any web server", async () => {
  const { url, close } = await serveStatically();
  onTestFinished(close);
  const annotator = await start({ address: url });
  const asked: string[] = [];
  annotator.page.on("request", (request) => asked.push(request.url()));
  await annotator.page.reload();
  await annotator.settled();
  await annotator.click(320, 240);
  expect(await annotator.labelAt(320, 240)).toBe("object");
  expect(asked.filter(isOfUse).map((address) => address.replace(/-.{8}\.(?=\w+$)/, "."))).toEqual([
    url,
    `${url}ort-wasm-simd-threaded.wasm`,
    `${url}small.safetensors`,
  ]);
});

test("with the model that needs no weights the page is one file that asks for nothing else", async () => {
  const { url, close } = await serveStatically();
  onTestFinished(close);
  const annotator = await start({ address: `${url}#model=colour` });
  const asked: string[] = [];
  annotator.page.on("request", (request) => asked.push(request.url()));
  await annotator.page.reload();
  await annotator.settled();
  await annotator.click(320, 240);
  expect(await annotator.labelAt(320, 240)).toBe("object");
  expect(asked.filter(isOfUse)).toEqual([url]);
});

test("it needs no isolation from other pages and no graphics card", async () => {
  const { url, close } = await serveStatically();
  onTestFinished(close);
  const annotator = await start({ address: url });
  const offered = await annotator.page.evaluate(async () => ({
    isIsolated: crossOriginIsolated,
    adapter: await (navigator as { gpu?: { requestAdapter(): Promise<unknown> } }).gpu
      ?.requestAdapter()
      .catch(() => null),
  }));
  expect([offered.isIsolated, offered.adapter ?? null]).toEqual([false, null]);
  await annotator.click(320, 240);
  expect(await annotator.labelAt(320, 240)).toBe("object");
});

/** The local server, started as a person starts it. */
async function startServer(...folders: readonly string[]): Promise<string> {
  const server = spawn(process.execPath, [START, ...folders, "--no-open"], { stdio: "pipe" });
  onTestFinished(() => void server.kill());
  for await (const line of createInterface({ input: server.stdout })) {
    if (line.startsWith("http://")) return line;
  }
  throw new Error("expected npm start to print an address.");
}

test("npm start opens the photos of a folder and saves masks beside them", async () => {
  const folder = temporaryFolder();
  for (const name of ["one.png", "two.png"]) {
    writeFileSync(join(folder, name), shapesPng(name).buffer);
  }
  const annotator = await start({ address: await startServer(folder) });
  expect(await annotator.photo("two.png").count()).toBe(1);
  expect(await annotator.photo("Sample scene").count()).toBe(0);
  await annotator.click(...DISC);
  await annotator.click(...GROUND, { button: "right" });
  await annotator.element.locator("summary.primary").click();
  await annotator.element.locator('[data-export="save"]').click();
  await annotator.notices().getByText("one.mask.png").waitFor();
  const { mask } = readMaskFile(readFileSync(join(folder, "one.mask.png")));
  expect(mask.data).toEqual((await annotator.mask())?.data);

  await annotator.element.locator("summary.primary").click();
  await annotator.element.locator('[data-export="save-coco"]').click();
  await annotator.notices().getByText("one.coco.json").waitFor();
  const coco = readMaskFile(readFileSync(join(folder, "one.coco.json")));
  expect(coco.mask.data).toEqual(mask.data);

  // The token stays in the address, so that loading the page again works.
  await annotator.page.reload();
  await annotator.settled();
  await annotator.press("d");
  await annotator.click(...RECTANGLE);
  await annotator.press("f");
  await annotator.click(...DISC);
  await annotator.press("Control+s");
  await annotator.notices().getByText("two.mask.png").waitFor();
  const saved = readMaskFile(readFileSync(join(folder, "two.mask.png")));
  expect(saved.labels).toEqual(["background", "object", "object 2"]);
  expect(saved.mask.data).toEqual((await annotator.mask())?.data);
});

test("npm start without photos opens the sample", async () => {
  const annotator = await start({ address: await startServer() });
  expect(await annotator.photo("Sample scene").count()).toBe(1);
  await annotator.click(320, 240);
  expect(await annotator.labelAt(320, 240)).toBe("object");
});

test("an address with yesterday's token says so, and the page works without the server", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "one.png"), shapesPng("one.png").buffer);
  const address = await startServer(folder);
  const annotator = await start({ address: address.replace(/token=.*/, "token=yesterday") });
  expect(await annotator.notices().textContent()).toMatch(/local server refused: token/);
  await annotator.click(320, 240);
  expect(await annotator.labelAt(320, 240)).toBe("object");
});
