import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type } from "./typed.ts";

const COMMANDS = ["segment", "annotate", "serve", "evaluate", "train", "export", "doctor"];

test("--version is the package's", async () => {
  const about = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  for (const option of ["--version", "-v"]) {
    const { code, result, talk } = await type([option]);
    expect([code, result.toString(), talk]).toEqual([0, `${about.version}\n`, ""]);
  }
});

test("--help names every command and ends with an example", async () => {
  const { code, result, talk } = await type(["--help"]);
  expect([code, talk]).toEqual([0, ""]);
  for (const command of COMMANDS) expect(result.toString()).toContain(`\n  ${command} `);
  expect(result.toString()).toMatch(/\n {2}\$ maskwise \w+ .*\n$/);
});

test.each(COMMANDS)("%s --help explains itself and ends with an example", async (command) => {
  const { code, result, talk } = await type([command, "--help"]);
  expect([code, talk]).toEqual([0, ""]);
  expect(result.toString()).toMatch(new RegExp(`^Usage: maskwise ${command} `));
  expect(result.toString()).toMatch(new RegExp(`\\n {2}\\$ maskwise ${command}( .*)?\\n$`));
  expect((await type(["help", command])).result.toString()).toBe(result.toString());
});
