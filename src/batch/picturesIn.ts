/** The pictures of a folder and of the folders in it. */

import type { DataFolder } from "../data/edge.ts";

/** What can be read, but not what Maskwise or a data set keeps beside the pictures as their masks. */
const PICTURE = /(?<!\.(?:mask|labels))\.(?:jpe?g|png|webp|tiff?|avif|gif|bmp)$/i;

/** Whether a file's name is that of a picture. */
export function isPicture(name: string): boolean {
  return PICTURE.test(name) && !name.startsWith(".");
}

/** Paths inside the folder, folder by folder, each sorted by name; hidden ones are passed over. */
export async function* picturesIn(folder: DataFolder, within = ""): AsyncGenerator<string> {
  const { files, folders } = await folder.list(within);
  for (const name of files) if (isPicture(name)) yield inside(within, name);
  for (const name of folders) {
    if (!name.startsWith(".")) yield* picturesIn(folder, inside(within, name));
  }
}

/** The path of what lies in a folder inside; "" is the folder itself. */
export function inside(within: string, name: string): string {
  return within === "" ? name : `${within}/${name}`;
}
