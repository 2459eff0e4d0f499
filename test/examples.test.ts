import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const FOLDER = new URL("../examples/", import.meta.url);

/** What a file says it prints: the comments behind its `console.log` lines. */
function promised(source: string): readonly string[] {
  return [...source.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text);
}

for (const name of readdirSync(FOLDER).filter((file) => file.endsWith(".ts"))) {
  test(`examples/${name} prints what it says`, () => {
    const path = new URL(name, FOLDER).pathname;
    const source = readFileSync(path, "utf8");
    expect(source.split("\n").length).toBeLessThanOrEqual(41);
    const { stdout, stderr, status } = spawnSync(process.execPath, ["--import", "tsx", path], {
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(promised(source).length).toBeGreaterThan(0);
    expect(stdout.trim().split("\n")).toEqual(promised(source));
  });
}
