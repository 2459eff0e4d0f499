import { join } from "node:path";
import sharp from "sharp";
import { scene } from "../../src/data/index.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

const SIZE = { width: 64, height: 48 };

/** A folder of so many drawn scenes, and of what lies where in them; gone when the test is over. */
export async function sceneFolder(count: number): Promise<string> {
  const folder = temporaryFolder();
  for (let seed = 1; seed <= count; seed++) {
    const { picture, truth } = scene(seed, SIZE);
    const write = (name: string, data: Uint8Array | Uint8ClampedArray, channels: 1 | 3) =>
      sharp(data, { raw: { ...SIZE, channels } }).toFile(join(folder, name));
    await write(`${seed}.png`, picture.data, 3);
    await write(`${seed}.labels.png`, truth.data, 1);
  }
  return folder;
}
