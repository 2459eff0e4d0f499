/** Masks leave as files: downloaded, or saved beside their photos by the local server. */

import {
  type FormatName,
  formats,
  type Mask,
  resizeMask,
  type Session,
  type Size,
  withUnsure,
} from "maskwise";
import type { Insight } from "../state/insight.ts";
import type { Photo } from "../state/photo.ts";
import { selectedPhoto, visibleAnswer } from "../state/state.ts";
import { texts } from "../texts.ts";
import type { Studio } from "./studio.ts";

/** "mask" is a PNG: black and white for one object, indexed for several. */
export type ExportKind = "mask" | "coco";

interface MaskFile {
  readonly name: string;
  readonly format: FormatName;
  readonly bytes: Blob;
  readonly photo: Photo;
  readonly session: Session;
}

/** Download the mask of all that was said. */
export async function downloadMask(studio: Studio, kind: ExportKind): Promise<void> {
  const file = await maskFile(studio, kind);
  if (!file) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file.bytes);
  link.download = file.name;
  link.click();
  // The browser reads the address after the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  studio.changePhoto(file.photo.id, { exported: file.session });
  studio.notify("done", texts.exported(file.name));
}

/** Save the mask beside its photo where that is possible, or download it. */
export async function saveMask(studio: Studio, kind: ExportKind = "mask"): Promise<void> {
  const source = selectedPhoto(studio.state)?.source;
  const { server } = studio;
  if (!server || source?.kind !== "server") return downloadMask(studio, kind);
  const file = await maskFile(studio, kind);
  if (!file) return;
  try {
    const served = { id: source.id, name: file.photo.name };
    const path = await server.save(served, file.format, file.bytes);
    studio.changePhoto(file.photo.id, { exported: file.session });
    studio.notify("done", texts.saved(path));
  } catch (error) {
    studio.notify("error", error instanceof Error ? error.message : String(error));
  }
}

/** The selected photo's mask as a file, once everything said so far is in it. */
async function maskFile(studio: Studio, kind: ExportKind): Promise<MaskFile | undefined> {
  studio.ask();
  await studio.settled();
  const photo = selectedPhoto(studio.state);
  const answer = visibleAnswer(studio.state);
  if (!photo || !answer || answer.session !== photo.session) {
    studio.notify("error", photo ? texts.nothingToExport : texts.noPhoto);
    return undefined;
  }
  const { labels } = answer.segmentation;
  const { current, insight } = studio.state;
  const format = formatFor(kind, labels.length, insight);
  const decided =
    insight.unsure && formats[format].holdsUnsure
      ? withUnsure(answer.segmentation.mask, answer.segmentation.uncertainty, insight.unsureFrom)
      : answer.segmentation.mask;
  const mask = ownSize(decided, current?.shown.photo);
  const bytes = formats[format].write(mask, { labels, picture: photo.name });
  return {
    name: photo.name.replace(/\.[^.]+$/, "") + formats[format].extension,
    format,
    bytes: new Blob([bytes as Uint8Array<ArrayBuffer>], { type: formats[format].mediaType }),
    photo,
    session: answer.session,
  };
}

/** A photo that is too large to be worked on as it is gets a mask of its own size all the same. */
function ownSize(mask: Mask, photo: Size = mask): Mask {
  return photo.width === mask.width && photo.height === mask.height
    ? mask
    : resizeMask(mask, photo);
}

export function formatFor(
  kind: ExportKind,
  labels: number,
  { unsure }: Pick<Insight, "unsure">,
): FormatName {
  if (kind === "coco") return "coco";
  return labels <= formats.png.maxLabels && !unsure ? "png" : "indexed-png";
}
