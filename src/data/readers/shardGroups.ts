/**
 * What belongs together in a WebDataset shard: files that follow each other and share the part of
 * their names before the first dot, which is their key.
 *
 * @see https://github.com/webdataset/webdataset, "The WebDataset Format"
 */

import { FormatError } from "../../formats/formatError.ts";
import type { TarFile } from "../../formats/tarFiles.ts";
import { type Item, unreadable } from "../dataSet.ts";
import { type DataFile, pictureAt } from "../decodeAt.ts";
import type { Edge } from "../edge.ts";
import { maskItems } from "../maskItems.ts";
import { isPixels } from "../pairsByName.ts";

export interface ShardGroup {
  readonly key: string;
  /** Its objects: none where it holds no pixels. */
  items(edge: Edge): AsyncIterable<Item> | Iterable<Item>;
}

/** Parts of names that say that a file is a mask: `KEY.mask.png`, `KEY.labels.png`, `KEY.seg.png`. */
const MASK = /^(?:mask|labels|seg)\./i;

export async function* groupsOf(files: AsyncIterable<TarFile>): AsyncGenerator<ShardGroup> {
  let key: string | undefined;
  let members: TarFile[] = [];
  for await (const file of files) {
    const own = keyOf(file.name);
    if (key !== undefined && own !== key) {
      yield group(key, members);
      members = [];
    }
    key = own;
    members.push(file);
  }
  if (key !== undefined) yield group(key, members);
}

function group(key: string, members: readonly TarFile[]): ShardGroup {
  const pixels = members.filter(({ name }) => isPixels(name));
  const isMask = ({ name }: TarFile) => MASK.test(name.slice(key.length + 1));
  const mask = pixels.find(isMask);
  const picture = pixels.find((file) => !isMask(file));
  return {
    key,
    items: (edge) => {
      if (pixels.length === 0) return [];
      if (mask !== undefined && picture !== undefined) {
        return maskItems(key, fileOf(mask), () => pictureAt(edge, fileOf(picture)), edge);
      }
      const missing = mask === undefined ? `${key}.mask.png or ${key}.labels.png` : `${key}.jpg`;
      return [unreadable(key, new FormatError(`expected ${missing} beside it, got none.`))];
    },
  };
}

function fileOf({ name, bytes }: TarFile): DataFile {
  return { path: name, bytes: async () => bytes };
}

/** Folders belong to the key. */
function keyOf(name: string): string {
  const dot = name.indexOf(".", name.lastIndexOf("/") + 1);
  return dot === -1 ? name : name.slice(0, dot);
}
