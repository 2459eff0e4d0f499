import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findChromium } from "../test/app/findChromium.ts";

/** The page as built, and a Chromium to open it; ends the program where either is missing. */
export function builtPage(): { readonly html: string; readonly executablePath: string } {
  const html = fileURLToPath(new URL("../dist/app/index.html", import.meta.url));
  const executablePath = findChromium();
  if (executablePath && existsSync(html)) return { html, executablePath };
  console.log("skipped: needs a Chromium (CHROMIUM_PATH) and the built page (npm run build)");
  process.exit(0);
}
