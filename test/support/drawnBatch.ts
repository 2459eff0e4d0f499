import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { scene } from "../../src/data/index.ts";
import { boundingBox, type Size } from "../../src/image/index.ts";

const SIZE = { width: 64, height: 48 };
/** What is undecided in a drawn scene. */
const IGNORE = 255;

export interface DrawnOptions {
  /** Of each picture, in pixels. @default 64×48 */
  readonly size?: Size;
  /** The most boxes in a picture. @default all things get one */
  readonly boxes?: number;
}

/**
 * Draw so many scenes in a folder, beside a table of the boxes around the things in them.
 *
 * @returns The table's path.
 */
export async function drawnBatch(
  folder: string,
  count: number,
  { size = SIZE, boxes = Number.POSITIVE_INFINITY }: DrawnOptions = {},
): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const rows = ["picture,label,x0,y0,x1,y1"];
  for (let seed = 1; seed <= count; seed++) {
    const { picture, truth } = scene(seed, size);
    await sharp(picture.data, { raw: { ...size, channels: 3 } }).toFile(
      join(folder, `${seed}.png`),
    );
    const things = [...new Set(truth.data)].filter((value) => value !== 0 && value !== IGNORE);
    let found = 0;
    for (const thing of things) {
      const box = boundingBox(truth, thing);
      if (box === undefined || box.width < 2 || box.height < 2 || found >= boxes) continue;
      found++;
      const [right, bottom] = [box.left + box.width - 1, box.top + box.height - 1];
      rows.push(`${seed}.png,thing ${thing},${box.left},${box.top},${right},${bottom}`);
    }
  }
  const table = join(folder, "boxes.csv");
  writeFileSync(table, `${rows.join("\n")}\n`);
  return table;
}
