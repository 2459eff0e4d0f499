/** Where a photo's bytes come from. */

import { FileProblem } from "../files/fileProblem.ts";
import type { Photo } from "../state/photo.ts";
import { texts } from "../texts.ts";
import type { Studio } from "./studio.ts";

/** There was no room to keep a photo's file. */
export class FileMissing extends FileProblem {}

/**
 * The file of a photo; the sample has none.
 *
 * @throws {FileProblem} It cannot be had.
 */
export async function photoBytes(
  studio: Studio,
  { id, name, source }: Photo,
): Promise<Blob | undefined> {
  switch (source.kind) {
    case "sample":
      return undefined;
    case "file":
      return source.blob;
    case "kept": {
      const blob = await studio.keeper?.store.bytes(id);
      if (!blob) throw new FileMissing(texts.projects.fileMissing(name));
      return blob;
    }
    case "server": {
      if (!studio.server) throw new FileProblem(texts.serverGone);
      return studio.server.read({ id: source.id, name });
    }
    default:
      return source satisfies never;
  }
}
