/** Lists of names, one a line, that say which pictures belong to a part of a set. */

import type { DataFolder } from "../edge.ts";

export async function namesIn(folder: DataFolder, path: string): Promise<readonly string[]> {
  const text = new TextDecoder().decode(await folder.read(path));
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
