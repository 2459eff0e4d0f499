/** What the pictures among some files say about themselves: how large they are, and where on a map. */

import type { ImageInfo } from "./annotationFormat.ts";
import type { Georeference } from "./annotations.ts";
import { type FileSource, stem } from "./files.ts";
import { geotiffReference } from "./geotiffReference.ts";
import { pictureSizes } from "./pictureSizes.ts";
import { WORLD_FILE, worldFile } from "./worldFile.ts";

/**
 * Sizes by path, and georeferences of world files and GeoTIFFs; a world file goes before.
 *
 * @throws {FormatError} A world file that is none.
 */
export async function imageInfos(files: FileSource): Promise<ReadonlyMap<string, ImageInfo>> {
  const worlds = new Map(
    files.paths.filter((path) => WORLD_FILE.test(path)).map((path) => [stem(path), path]),
  );
  const infos = new Map<string, ImageInfo>();
  for (const [path, size] of await pictureSizes(files)) {
    const georeference = await georeferenceOf(files, path, worlds.get(stem(path)));
    infos.set(path, { ...size, ...(georeference && { georeference }) });
  }
  return infos;
}

async function georeferenceOf(
  files: FileSource,
  path: string,
  world: string | undefined,
): Promise<Georeference | undefined> {
  if (world !== undefined) return worldFile(world, await files.read(world));
  if (!/\.tiff?$/i.test(path)) return undefined;
  return geotiffReference(await files.read(path));
}
