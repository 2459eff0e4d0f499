/** What is known of objects by one file, whichever of those it is that can be read. */

import type { DataFolder } from "../data/edge.ts";
import { FormatError } from "../formats/formatError.ts";
import { jsonElements } from "../formats/jsonElements.ts";
import type { Plan, PromptKind } from "./job.ts";
import { type PlanSource, planFromCoco } from "./planFromCoco.ts";
import { planFromCsv, planFromJson } from "./planFromTable.ts";

/**
 * @param source   COCO JSON, JSON of our own or CSV.
 * @param pictures The folder that the pictures lie in.
 * @throws {FormatError} None of these, or damaged, with the path to the fault; nothing of the wanted
 *   kinds in it.
 */
export async function planFromFile(
  source: PlanSource,
  pictures: DataFolder,
  kinds: readonly PromptKind[],
): Promise<Plan> {
  const { file } = source;
  try {
    const read = await readerOf(source);
    const plan = await read(source, pictures, kinds);
    if (plan.jobs.length > 0) return plan;
    throw new FormatError(`expected ${kinds.join(" or ")} of objects, got none for any picture.`);
  } catch (cause) {
    if (!(cause instanceof FormatError) || cause.message.startsWith(`${file}: `)) throw cause;
    throw new FormatError(`${file}: ${cause.message}`, { cause });
  }
}

async function readerOf({ folder, file }: PlanSource): Promise<typeof planFromCoco> {
  if (/\.csv$/i.test(file)) return planFromCsv;
  if (!/\.json$/i.test(file)) {
    throw new FormatError(
      `expected a name that ends in .json or .csv, got another. Rename it, if it is one of these.`,
    );
  }
  const lists = ["pictures", "images", "annotations"] as const;
  for await (const { list } of jsonElements(file, folder.stream(file), lists)) {
    return list === "pictures" ? planFromJson : planFromCoco;
  }
  throw new FormatError(
    `expected a list of images (COCO) or of pictures, got neither. See docs/batch.md.`,
  );
}
