/** The same evaluation on other devices. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encode } from "fast-png";
import { expect, test } from "vitest";
import { scene } from "../../src/data/index.ts";
import { type Report, reportSchema } from "../../src/evaluate/index.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { type Typed, type } from "./typed.ts";

/** Nobody presses Ctrl-C, and no time passes, so that there is no progress to tell. */
const PATIENT = { interrupted: () => new Promise<void>(() => {}), now: () => 0 };
const SIZE = { width: 96, height: 72 };

/** A folder with drawn scenes and their masks. */
function scenes(...seeds: readonly number[]): string {
  const folder = temporaryFolder();
  for (const seed of seeds) {
    const { picture, truth } = scene(seed, SIZE);
    const grey = truth.data.map((label) => (label === 1 ? 255 : 0));
    writeFileSync(join(folder, `${seed}.png`), encode({ ...picture, channels: 3 }));
    writeFileSync(join(folder, `${seed}.mask.png`), encode({ ...SIZE, data: grey, channels: 1 }));
  }
  return folder;
}

const evaluate = (folder: string, ...words: readonly string[]): Promise<Typed> =>
  type(["evaluate", "--data", folder, "--model", "colour", "--clicks", "3", ...words], PATIENT);

function read(path: string): Report {
  return reportSchema.parse(JSON.parse(readFileSync(path, "utf8")));
}

test("on every device of ONNX Runtime's the masks are nearly the interpreter's, and how nearly is told", async () => {
  const folder = scenes(1, 2, 3);
  const at = (name: string) => join(folder, `${name}.json`);
  await evaluate(folder, "--json", at("interpreter"));
  expect(read(at("interpreter")).device).toMatch(/^interpreter \(float32\); /);
  for (const device of ["cpu", "wasm"]) {
    const { code, result, talk } = await evaluate(
      folder,
      ...["--device", device, "--json", at(device), "--compare", at("interpreter")],
      ...["--html", join(folder, `${device}.html`)],
    );
    expect({ code, talk }).toEqual({ code: 0, talk: "" });
    expect(read(at(device)).device).toMatch(`ONNX Runtime (${device}, float32); `);
    const [, iou] =
      /last masks: \d of 3 equal .*, mean IoU with each other (.*) %/.exec(result.toString()) ?? [];
    // Sums in another order move single pixels that are undecided.
    expect(Number(iou)).toBeGreaterThan(99);
    expect(result.toString()).toContain("less colour on interpreter (float32), on 3 objects");
    const page = readFileSync(join(folder, `${device}.html`), "utf8");
    expect(page).toContain("Beside colour on interpreter (float32): last masks: ");
  }
});

test("a report of one device is not continued on another", async () => {
  const folder = scenes(1);
  const json = join(folder, "report.json");
  await evaluate(folder, "--json", json);
  const { code, talk } = await evaluate(folder, "--json", json, "--resume", "--device", "cpu");
  expect(code).toBe(1);
  expect(talk).toMatch(/^error: --resume: expected a report of .*ONNX Runtime \(cpu, float32\)/);
});

test("a device that there is none of is wrong usage", async () => {
  const { code, talk } = await evaluate(scenes(1), "--device", "abacus");
  expect(code).toBe(2);
  expect(talk).toContain("Allowed choices are cuda, webgpu, cpu, wasm, interpreter.");
});
