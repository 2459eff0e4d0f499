/** Masks in files, to be refined: each belongs to the picture whose name it has. */

import type { DataFolder } from "../data/edge.ts";
import { pairsByName } from "../data/pairsByName.ts";
import { FormatError } from "../formats/formatError.ts";
import type { Job, Plan } from "./job.ts";
import { inside, isPicture } from "./picturesIn.ts";

/** In a folder of pictures and masks, these are the masks. */
const BESIDE = /\.(?:mask|labels)\.\w+$/i;

/**
 * @param masks A folder laid out as that of the pictures, or the same one, in which masks end in
 *   `.mask.png` or `.labels.png`.
 * @throws {FormatError} Two pictures of one folder have the same name; there is no mask at all.
 */
export async function planFromMasks(
  pictures: DataFolder,
  masks: DataFolder,
  areBeside: boolean,
): Promise<Plan> {
  const found = await pairsIn(pictures, masks, areBeside, "");
  const jobs = found.flatMap(({ picture, maskFiles }, index): readonly Job[] =>
    maskFiles.length === 0 ? [] : [{ id: index + 1, picture, objects: [], maskFiles }],
  );
  if (jobs.length === 0) {
    throw new FormatError(
      `expected masks named as the pictures in "${masks.name}", got none for ${found.length} pictures.`,
    );
  }
  return { jobs, categories: [], passedOver: found.length - jobs.length };
}

interface Found {
  readonly picture: string;
  readonly maskFiles: readonly string[];
}

async function pairsIn(
  pictures: DataFolder,
  masks: DataFolder,
  areBeside: boolean,
  within: string,
): Promise<readonly Found[]> {
  const { files, folders } = await pictures.list(within);
  const all = (await masks.list(within)).files;
  const byPicture = new Map<string, string[]>();
  for (const { picture, mask } of pairsByName(
    files.filter(isPicture),
    areBeside ? all.filter((name) => BESIDE.test(name)) : all,
  )) {
    if (picture === undefined) continue;
    const own = byPicture.get(picture) ?? [];
    if (mask !== undefined) own.push(inside(within, mask));
    byPicture.set(picture, own);
  }
  const here = [...byPicture].map(([name, maskFiles]) => ({
    picture: inside(within, name),
    maskFiles,
  }));
  const deeper: Found[] = [];
  for (const name of folders) {
    if (name.startsWith(".")) continue;
    deeper.push(...(await pairsIn(pictures, masks, areBeside, inside(within, name))));
  }
  return [...here, ...deeper];
}
