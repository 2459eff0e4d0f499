/** The built page in headless Chromium, with the colour model and its sample open. */

import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { Annotator } from "../test/app/annotator.ts";
import { findChromium } from "../test/app/findChromium.ts";

const PAGE = fileURLToPath(new URL("../dist/app/index.html", import.meta.url));

interface Opened {
  readonly browser: Browser;
  readonly page: Page;
  readonly annotator: Annotator;
}

/** Ends the program where there is no Chromium, or the page is not built. */
export async function openAnnotator(
  viewport: { readonly width: number; readonly height: number },
  ...flags: readonly string[]
): Promise<Opened> {
  const executablePath = findChromium();
  if (!executablePath || !existsSync(PAGE)) {
    console.log("skipped: needs a Chromium (CHROMIUM_PATH) and the built page (npm run build)");
    process.exit(0);
  }
  const browser = await chromium.launch({
    executablePath,
    args: ["--headless=new", "--no-sandbox", "--disable-gpu", ...flags],
  });
  const page = await browser.newPage({ viewport });
  const annotator = new Annotator(page);
  await page.goto(`${pathToFileURL(PAGE).href}#model=colour`);
  await annotator.settled();
  return { browser, page, annotator };
}
