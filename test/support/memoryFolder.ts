/** A data set's folder in memory; pictures and masks that are no PNG are JSON. */

import type { DataFolder, Raster } from "../../src/data/index.ts";
import { FormatError, readRasterPng } from "../../src/formats/index.ts";

/** Bytes as they are, texts as UTF-8, all else as JSON. */
export function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  return new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
}

/** @param files By their paths. */
export function memoryFolder(
  files: Readonly<Record<string, unknown>>,
  name = "memory",
): DataFolder & { readonly asked: string[] } {
  const asked: string[] = [];
  const read = async (path: string): Promise<Uint8Array> => {
    asked.push(path);
    if (files[path] === undefined) throw new Error(`no file ${path}`);
    return bytesOf(files[path]);
  };
  return {
    name,
    asked,
    read,
    list: async (path) => {
      const prefix = path === "" ? "" : `${path}/`;
      const inside = Object.keys(files)
        .filter((file) => file.startsWith(prefix))
        .map((file) => file.slice(prefix.length));
      const folders = inside.filter((file) => file.includes("/")).map((file) => file.split("/")[0]);
      return {
        files: inside.filter((file) => !file.includes("/")).sort(),
        folders: [...new Set(folders)].sort(),
      };
    },
    stream: async function* (path) {
      const bytes = await read(path);
      // Small pieces, so that whoever reads them must put them together.
      for (let at = 0; at < bytes.length; at += 64) yield bytes.subarray(at, at + 64);
    },
    decodePicture: decode,
    decodeRaster: decode,
  };
}

async function decode(bytes: Uint8Array): Promise<Raster> {
  if (bytes[0] === 0x89) return readRasterPng(bytes);
  try {
    const { data, ...rest } = JSON.parse(new TextDecoder().decode(bytes));
    return { ...rest, data: Uint8Array.from(data) };
  } catch (cause) {
    throw new FormatError("expected pixels, got something else.", { cause });
  }
}
