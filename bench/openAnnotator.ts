/** The built page in headless Chromium, with the colour model and its sample open. */

import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { Annotator } from "../test/app/annotator.ts";
import { builtPage } from "./builtPage.ts";

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
  const { html, executablePath } = builtPage();
  const browser = await chromium.launch({
    executablePath,
    args: ["--headless=new", "--no-sandbox", "--disable-gpu", ...flags],
  });
  const page = await browser.newPage({ viewport });
  const annotator = new Annotator(page);
  await page.goto(`${pathToFileURL(html).href}#model=colour`);
  await annotator.settled();
  return { browser, page, annotator };
}
