/** The examples that ask over HTTP, run by the programs that people run them with. */

import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { readMaskFile } from "../src/formats/index.ts";
import { writePhoto } from "./cli/typed.ts";
import { temporaryFolder } from "./support/temporaryFolder.ts";

const EXAMPLES = fileURLToPath(new URL("../examples/api/", import.meta.url));
const MAIN = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));
const TOKEN = "token-for-these-tests";

/** Processes start slowly where many do. */
const PATIENCE = 180_000;

const has = (program: string) => spawnSync(program, ["--version"]).status === 0;

/** `maskwise serve` as people start it, and a photo. */
async function serving() {
  const words = ["serve", "--model", "colour", "--workers", "1"];
  const server = spawn(process.execPath, ["--import", "tsx", MAIN, ...words], {
    env: { ...process.env, MASKWISE_TOKEN: TOKEN },
  });
  onTestFinished(() => void server.kill());
  const ended = once(server, "exit").then(([code]) => Promise.reject(new Error(`exit ${code}`)));
  const [line] = (await Promise.race([once(server.stdout, "data"), ended])) as [Buffer];
  ended.catch(() => {});
  const { url, token } = JSON.parse(line.toString()) as { url: string; token: string };
  expect(token).toBe(TOKEN);
  const folder = temporaryFolder();
  const photo = await writePhoto(join(folder, "disc.png"));
  const run = promisify(execFile);
  const env = { ...process.env, MASKWISE_URL: url, MASKWISE_TOKEN: TOKEN };
  return {
    folder,
    photo,
    server,
    ran: (program: string, args: readonly string[]) => run(program, [...args], { env }),
  };
}

const objectPixels = (path: string): number =>
  readMaskFile(readFileSync(path), { picture: "disc.png" }).mask.data.filter((label) => label === 1)
    .length;

test.skipIf(!has("curl"))(
  "examples/api/click.sh writes the mask of two clicks",
  async () => {
    const { ran, photo, folder, server } = await serving();
    const mask = join(folder, "mask.png");
    const { stdout } = await ran("sh", [`${EXAMPLES}click.sh`, photo, "20,20", "50,5", mask]);
    expect(stdout).toBe(`${mask}\n`);
    // A disc of radius 10 has 317 pixels.
    expect(Math.abs(objectPixels(mask) - 317)).toBeLessThan(30);
    writeFileSync(join(folder, "no.png"), "no picture");
    const failed = ran("sh", [`${EXAMPLES}click.sh`, join(folder, "no.png"), "1,1", "2,2", mask]);
    await expect(failed).rejects.toThrow();
    server.kill("SIGTERM");
    expect((await once(server, "exit"))[0]).toBe(0);
  },
  PATIENCE,
);

test.skipIf(!has("python3"))(
  "examples/api/click.py writes the objects as COCO",
  async () => {
    const { ran, photo, folder } = await serving();
    const out = join(folder, "disc.coco.json");
    const { stdout } = await ran("python3", [`${EXAMPLES}click.py`, photo, "20,20", "50,5", out]);
    expect(stdout).toMatch(/disc\.coco\.json: \d+ pixels after a click, \d+ after two\n$/);
    expect(stdout).toContain(`${objectPixels(out)} after two`);
  },
  PATIENCE,
);
