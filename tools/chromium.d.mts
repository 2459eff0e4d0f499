/** The path of a Chromium, or `undefined` where there is none. */
export function findChromium(): string | undefined;
/** Whether a Chromium is there now; installs Debian's where it is missing and possible. */
export function ensureChromium(): boolean;
