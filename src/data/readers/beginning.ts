import type { DataFolder } from "../edge.ts";

/** How much of a file is looked at to recognise it. */
const GLANCE = 1 << 16;

/** The first 64 KiB of a file, or a little more; as much as there is where it cannot be read. */
export async function beginning(folder: DataFolder, path: string): Promise<Uint8Array> {
  let read = new Uint8Array(0);
  try {
    for await (const chunk of folder.stream(path)) {
      const longer = new Uint8Array(read.length + chunk.length);
      longer.set(read);
      longer.set(chunk, read.length);
      read = longer;
      if (read.length >= GLANCE) break;
    }
  } catch {
    // Whoever reads the whole file will say what is wrong with it.
  }
  return read;
}

/** The same as text. */
export async function beginningText(folder: DataFolder, path: string): Promise<string> {
  return new TextDecoder().decode(await beginning(folder, path));
}
