/** The figures of a report as files, SVG and PNG. */

import { join } from "node:path";
import sharp from "sharp";
import type { Report } from "../../../evaluate/index.ts";
import type { FileToWrite } from "../../../node/index.ts";
import { figuresOf, runsOf } from "./figures.ts";

/** Dots per inch of the PNGs: twice the screen's. */
const DENSITY = 144;

export async function figureFiles(
  folder: string,
  report: Report,
  others: readonly Report[],
): Promise<readonly FileToWrite[]> {
  const files: FileToWrite[] = [];
  for (const set of Object.keys(report.sets)) {
    for (const { name, svg } of figuresOf(set, runsOf(set, [report, ...others]))) {
      const png = await sharp(Buffer.from(svg), { density: DENSITY })
        .flatten({ background: "#ffffff" })
        .png()
        .toBuffer();
      files.push({ path: join(folder, `${name}.svg`), data: svg });
      files.push({ path: join(folder, `${name}.png`), data: png });
    }
  }
  return files;
}
