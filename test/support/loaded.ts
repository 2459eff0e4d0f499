import type { DataSet } from "../../src/data/index.ts";

/** What came of each item of a set: its truth as digits (`.` undecided), or why not. */
export async function loaded(set: DataSet | undefined): Promise<readonly (readonly string[])[]> {
  if (set === undefined) throw new Error("expected a set, got none");
  const all: (readonly string[])[] = [];
  for await (const { id, load } of set.items()) {
    try {
      const { truth } = await load();
      all.push([id, [...truth.data].map((value) => (value === 255 ? "." : value)).join("")]);
    } catch (error) {
      all.push([id, (error as Error).message]);
    }
  }
  return all;
}
