/** A script without declarations, and so it is imported by an address that types do not follow. */
const script: { findChromium(): string | undefined } = await import(
  new URL("../../tools/chromium.mjs", import.meta.url).href
);

/** The path of a Chromium, or undefined where there is none. */
export const findChromium: () => string | undefined = script.findChromium;
