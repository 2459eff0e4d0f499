/** From what was typed to all jobs: where the pictures are, and what is known of them. */

import { basename, dirname, join, resolve } from "node:path";
import { type Plan, type PromptKind, planFromFile, planFromMasks } from "../../batch/index.ts";
import { dataFiles, dataRoot } from "../../node/index.ts";

export interface PlanWords {
  /** A folder of pictures, or COCO JSON that lies as COCO's does. */
  readonly source: string;
  /** What is known of the objects: a file, or a folder of masks. */
  readonly from?: string | undefined;
  readonly prompts: readonly PromptKind[];
  /** Called with what is wrong about the words typed; does not return. */
  readonly usage: (message: string) => never;
}

export interface BatchPlan extends Plan {
  /** The folder of pictures. */
  readonly pictures: string;
  /** The folder of masks to start from. */
  readonly masks?: string;
}

/**
 * @throws {Error} Something is missing.
 * @throws {FormatError} A file is none of those that are known, or damaged, with the path to the fault.
 */
export async function planBatch(words: PlanWords): Promise<BatchPlan> {
  const { source, from, prompts, usage } = words;
  const { root, only } = dataRoot(source);
  const folder = dataFiles(root);
  const pictures = resolve(root);
  if (only !== undefined) {
    if (from !== undefined) {
      usage(
        `--from: expected it beside a folder of pictures, got it beside "${source}", which says itself what is known.`,
      );
    }
    const file = join(only.folder, only.name);
    const plan = await planFromFile({ folder, file }, folder, prompts);
    return { ...plan, pictures };
  }
  const asked = from ?? source;
  if (dataRoot(asked).only !== undefined) {
    const source = { folder: dataFiles(dirname(asked)), file: basename(asked) };
    return { ...(await planFromFile(source, folder, prompts)), pictures };
  }
  if (prompts.join() !== "masks") {
    usage(
      `--from: expected a file that says where the objects are (COCO JSON, JSON or CSV), got ${from === undefined ? "none" : `the folder "${from}"`}.`,
    );
  }
  const masks = resolve(asked);
  const plan = await planFromMasks(folder, dataFiles(masks), masks === pictures);
  return { ...plan, pictures, masks };
}
