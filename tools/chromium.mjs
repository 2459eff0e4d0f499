// Find a Chromium for the browser tests, or install Debian's where that is possible.
import { existsSync } from "node:fs";
import { attempt, say } from "./run.mjs";

const PLACES = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** @returns the path of a Chromium, or undefined where there is none. */
export function findChromium() {
  return PLACES.find((path) => path && existsSync(path));
}

/** @returns whether a Chromium is there now. */
export function ensureChromium() {
  if (findChromium()) return true;
  if (existsSync("/usr/bin/apt-get") && process.getuid?.() === 0) {
    // With Vulkan's loader, by which ONNX Runtime finds the adapter that comes with chromium.
    say("Installing Debian's chromium (once)");
    attempt("apt-get", ["update", "-qq"]);
    attempt("apt-get", ["install", "-y", "-qq", "chromium", "libvulkan1"]);
  }
  if (findChromium()) return true;
  say(
    "No Chromium found, so the browser tests are skipped. Install one (Debian: sudo apt-get install chromium) " +
      "or set CHROMIUM_PATH to its executable.",
  );
  return false;
}
