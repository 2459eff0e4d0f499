/**
 * How long a large COCO file takes from one format to another, and in how much memory.
 *
 *     npx tsx bench/convertLarge.ts --objects 100000 --corners 60
 *
 * The file is made first: 7 objects per image, a polygon each, as COCO has on average. Then it is read
 * and written as LVIS, each image when its turn comes; JSON.parse of the same file is the peer.
 */

import {
  createReadStream,
  createWriteStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { parseArgs } from "node:util";
import { annotationFormats, type FileSource } from "../src/formats/index.ts";

const { values } = parseArgs({
  options: {
    objects: { type: "string", default: "100000" },
    corners: { type: "string", default: "60" },
  },
});
const PER_IMAGE = 7;
const SIDE = 640;

const folder = mkdtempSync(join(tmpdir(), "maskwise-bench-"));
const path = join(folder, "coco.json");
try {
  await write(Number(values.objects), Number(values.corners));
  console.log(`${values.objects} objects, ${megabytes(statSync(path).size)} MB`);
  report("convert", await measured(convert));
  report("JSON.parse", await measured(async () => JSON.parse(readFileSync(path, "utf8"))));
} finally {
  rmSync(folder, { recursive: true });
}

async function write(objects: number, corners: number): Promise<void> {
  const out = createWriteStream(path);
  const images = Math.ceil(objects / PER_IMAGE);
  const line = (i: number) =>
    JSON.stringify({ id: i, file_name: `${i}.jpg`, width: SIDE, height: SIDE });
  out.write(`{"images":[${Array.from({ length: images }, (_, i) => line(i)).join(",\n")}],`);
  out.write('"categories":[{"id":1,"name":"thing"}],"annotations":[');
  for (let id = 0; id < objects; id++) {
    const ring = Array.from({ length: corners }, (_, i) => {
      const angle = (2 * Math.PI * i) / corners;
      const radius = 40 + (id % 50) + 5 * Math.sin(7 * angle);
      return [320 + radius * Math.cos(angle), 320 + radius * Math.sin(angle)];
    });
    const segmentation = [ring.flat().map((value) => Number(value.toFixed(2)))];
    const image_id = id % images;
    const text = JSON.stringify({ id: id + 1, image_id, category_id: 1, segmentation, iscrowd: 0 });
    if (!out.write(`${id > 0 ? ",\n" : ""}${text}`)) {
      await new Promise<void>((resolve) => out.once("drain", resolve));
    }
  }
  out.end("]}");
  await finished(out);
}

async function convert(): Promise<void> {
  const files: FileSource = {
    paths: ["coco.json"],
    read: async () => readFileSync(path),
    stream: () => createReadStream(path),
  };
  const set = await annotationFormats.coco.read(files);
  let bytes = 0;
  for await (const { chunks } of annotationFormats.lvis.write(set)) {
    for await (const chunk of chunks) bytes += chunk.length;
  }
  console.log(`wrote ${megabytes(bytes)} MB`);
}

async function measured(run: () => Promise<unknown>): Promise<{ ms: number; peak: number }> {
  const start = performance.now();
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
  await run();
  peak = Math.max(peak, process.memoryUsage().rss);
  clearInterval(watch);
  return { ms: performance.now() - start, peak };
}

function report(what: string, { ms, peak }: { ms: number; peak: number }): void {
  console.log(`${what}: ${(ms / 1000).toFixed(1)} s, ${megabytes(peak)} MB at most`);
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
