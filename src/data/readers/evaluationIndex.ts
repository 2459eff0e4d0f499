/** Folders with an `index.json` that has one row per object. */

import type { DataSet } from "../dataSet.ts";
import type { DataFolder } from "../edge.ts";
import { evaluationRows, evaluationSamples } from "../evaluationSet.ts";
import type { Reader } from "./reader.ts";

export const evaluationIndex: Reader = {
  looksFor: "index.json, a list of { set, id, image, mask, width, height }",
  recognises: async (folder) => (await folder.list("")).files.includes("index.json"),
  sets,
};

async function sets(folder: DataFolder): Promise<readonly DataSet[]> {
  const rows = await evaluationRows(folder);
  return [...new Set(rows.map(({ set }) => set))].map((name) => {
    const own = rows.filter(({ set }) => set === name);
    return {
      name,
      count: own.length,
      items: () =>
        own.map((row) => ({
          id: row.id,
          load: async () => {
            for await (const { picture, truth } of evaluationSamples([row], folder)) {
              return { picture, truth };
            }
            throw new Error(`expected a sample of ${row.id}, got none.`);
          },
        })),
    };
  });
}
