/**
 * How soon a large COCO file yields its objects, and in how much memory, beside JSON.parse.
 *
 *     npx tsx bench/cocoStream.ts --objects 100000 --corners 120
 *
 * The file is made first: 5 objects per image, a polygon each. The two readers run one after the
 * other, each in a process of its own, so that the memory is theirs alone.
 */

import { spawnSync } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { dataSetsIn } from "../src/data/index.ts";
import { dataFiles } from "../src/node/index.ts";

const { values: options } = parseArgs({
  options: {
    objects: { type: "string", default: "100000" },
    corners: { type: "string", default: "120" },
    /** Set for the processes that measure. */
    reader: { type: "string" },
    file: { type: "string", default: "" },
  },
});

interface Measured {
  readonly objects: number;
  readonly firstMs: number;
  readonly totalMs: number;
  readonly peakMb: number;
}

const PER_IMAGE = 5;

async function write(path: string, objects: number, corners: number): Promise<void> {
  const file = createWriteStream(path);
  const put = async (text: string) => {
    if (!file.write(text)) await new Promise<void>((resolve) => file.once("drain", resolve));
  };
  const size = { width: 640, height: 480 };
  await put('{"info":{"description":"made for a measurement"},"images":[');
  for (let id = 0; id < objects / PER_IMAGE; id++) {
    const image = { id, file_name: `${id}.jpg`, ...size };
    await put(`${id === 0 ? "" : ","}${JSON.stringify(image)}`);
  }
  await put('],"annotations":[');
  for (let id = 0; id < objects; id++) {
    const polygon = Array.from({ length: corners }, (_, k) => {
      const angle = (2 * Math.PI * k) / corners;
      return [320 + (id % 200) + 99.5 * Math.cos(angle), 240 + 99.5 * Math.sin(angle)];
    });
    const segmentation = [polygon.flat().map((value) => Number(value.toFixed(2)))];
    const image_id = Math.floor(id / PER_IMAGE);
    const annotation = { id, image_id, category_id: 1, iscrowd: 0, area: 31102.5, segmentation };
    await put(`${id === 0 ? "" : ","}${JSON.stringify(annotation)}`);
  }
  await put('],"categories":[{"id":1,"name":"disc"}]}');
  file.end();
  await finished(file);
}

async function streamed(path: string): Promise<Measured> {
  const begun = performance.now();
  const [set] = await dataSetsIn(dataFiles(path));
  let objects = 0;
  let firstMs = 0;
  for await (const _ of set.items()) if (objects++ === 0) firstMs = performance.now() - begun;
  return { objects, firstMs, ...spent(begun) };
}

async function parsed(path: string): Promise<Measured> {
  const begun = performance.now();
  const { annotations } = JSON.parse(await readFile(path, "utf8"));
  const { totalMs, peakMb } = spent(begun);
  return { objects: annotations.length, firstMs: totalMs, totalMs, peakMb };
}

function spent(begun: number) {
  const peakMb = process.resourceUsage().maxRSS / 1024;
  return { totalMs: performance.now() - begun, peakMb };
}

function measured(reader: string, file: string): Measured | string {
  const self = fileURLToPath(import.meta.url);
  const words = ["--import", "tsx", self, "--reader", reader, "--file", file];
  const { stdout, stderr, status } = spawnSync(process.execPath, words, { encoding: "utf8" });
  if (status === 0) return JSON.parse(stdout);
  return /(?:Error|FATAL ERROR): .*/.exec(stderr)?.[0] ?? `ended with ${status}`;
}

function told(name: string, result: Measured | string): string {
  if (typeof result === "string") return `${name}: failed, ${result}`;
  const { objects, firstMs, totalMs, peakMb } = result;
  return `${name}: ${objects} objects, the first after ${(firstMs / 1000).toFixed(2)} s, all after ${(totalMs / 1000).toFixed(1)} s, at most ${peakMb.toFixed(0)} MB`;
}

if (options.reader !== undefined) {
  const read = options.reader === "streamed" ? streamed : parsed;
  console.log(JSON.stringify(await read(options.file)));
} else {
  const folder = mkdtempSync(join(tmpdir(), "maskwise-coco-"));
  try {
    const file = join(folder, "instances_made.json");
    await write(file, Number(options.objects), Number(options.corners));
    console.log(`${(statSync(file).size / 1e6).toFixed(0)} MB of JSON`);
    const ours = measured("streamed", file);
    const peer = measured("parsed", file);
    console.log(told("maskwise", ours));
    console.log(told("JSON.parse", peer));
    if (typeof ours !== "string" && typeof peer !== "string") {
      const ratio = (of: (one: Measured) => number) => (of(ours) / of(peer)).toFixed(2);
      console.log(
        `ratios: first ${ratio((one) => one.firstMs)}, all ${ratio((one) => one.totalMs)}, memory ${ratio((one) => one.peakMb)}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
