import { readFileSync } from "node:fs";

/** The version of this package, from its package.json two folders up, in `src/` as in `dist/`. */
export function version(): string {
  const about: unknown = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  );
  return (about as { readonly version: string }).version;
}
