/** Photos come in, are shown one at a time, and go. */

import { BACKGROUND, state as inForce, type Label, newSession, OBJECT } from "maskwise";
import { isMakeshift } from "../engine/chosenModel.ts";
import { decodePhoto, probe, showPicture } from "../files/decodePhoto.ts";
import { FileProblem } from "../files/fileProblem.ts";
import { findLocalServer } from "../files/localServer.ts";
import { sampleScene } from "../files/sampleScene.ts";
import { forget, type Shown, thumbnailOf } from "../files/shown.ts";
import { withColours } from "../state/colours.ts";
import { type Photo, selectedLabel, selectedPhoto } from "../state/state.ts";
import { texts } from "../texts.ts";
import type { Studio } from "./studio.ts";

/** Begin with the photos of the local server, or with the sample scene. */
export async function begin(studio: Studio, location: Location): Promise<void> {
  try {
    studio.server = await findLocalServer(location);
  } catch (error) {
    complain(studio, error);
  }
  if (isMakeshift(location)) studio.notify("note", texts.onDisk);
  const served = studio.server?.photos ?? [];
  const photos = served.map(({ id, name }) => newPhoto(studio, name, { kind: "server", id }));
  if (photos.length > 0) add(studio, photos);
  else add(studio, [newPhoto(studio, texts.sampleName, { kind: "sample" })]);
}

/** Open files: those that are photos are added, and for each other one it is said why not. */
export async function openFiles(studio: Studio, files: readonly File[]): Promise<void> {
  const photos: Photo[] = [];
  for (const file of files) {
    try {
      await probe(file.name, file);
      const photo = newPhoto(studio, file.name, { kind: "file", blob: file });
      // Until it is shown, the browser itself makes a small picture of it, when that is in sight.
      photos.push({ ...photo, thumbnail: URL.createObjectURL(file) });
    } catch (error) {
      complain(studio, error);
    }
  }
  if (photos.length === 0) return;
  for (const { id, source, session } of studio.state.photos) {
    // The sample has done its work, unless somebody is at work on it.
    const isTouched = session !== undefined && session.events.length > 0;
    if (source.kind === "sample" && !isTouched) remove(studio, id);
  }
  add(studio, photos);
}

/** Select a photo and show it as soon as it is read. */
export function showPhoto(studio: Studio, id: string): void {
  const photo = studio.state.photos.find((one) => one.id === id);
  if (!photo || (studio.state.selected === id && studio.state.current?.id === id)) return;
  studio.cancel();
  const labels = labelsToBeginWith(studio);
  studio.change({ selected: id, answer: undefined, work: { kind: "reading" } });
  void studio.track(readAndShow(studio, photo, labels));
}

/** Show the photo before (-1) or after (1) the selected one; after the last comes the first. */
export function showBeside(studio: Studio, by: -1 | 1): void {
  const { photos, selected } = studio.state;
  const at = photos.findIndex(({ id }) => id === selected);
  const beside = photos[(at + by + photos.length) % photos.length];
  if (beside) showPhoto(studio, beside.id);
}

/** Take a photo off the list; it can be brought back with all that was said about it. */
export function closePhoto(studio: Studio, id: string): void {
  const at = studio.state.photos.findIndex((photo) => photo.id === id);
  const photo = studio.state.photos[at];
  if (!photo) return;
  remove(studio, id);
  const { photos } = studio.state;
  const beside = photos[Math.min(at, photos.length - 1)];
  if (studio.state.selected === undefined && beside) showPhoto(studio, beside.id);
  studio.notify("done", texts.closed(photo.name), {
    name: texts.bringBack,
    run: () => {
      studio.change({ photos: studio.state.photos.toSpliced(at, 0, photo) });
      showPhoto(studio, id);
    },
  });
}

function newPhoto(studio: Studio, name: string, source: Photo["source"]): Photo {
  return { id: studio.newId(), name, source, label: OBJECT };
}

function add(studio: Studio, photos: readonly Photo[]): void {
  studio.change({ photos: [...studio.state.photos, ...photos] });
  const [first] = photos;
  if (first) showPhoto(studio, first.id);
}

function remove(studio: Studio, id: string): void {
  const { photos, selected, current } = studio.state;
  studio.change({ photos: photos.filter((photo) => photo.id !== id) });
  if (selected === id) {
    studio.cancel();
    studio.change({ selected: undefined, answer: undefined, work: { kind: "idle" } });
  }
  if (current?.id === id) {
    studio.change({ current: undefined });
    forget(current.shown);
  }
  studio.engine.close(id);
}

async function readAndShow(studio: Studio, photo: Photo, labels: readonly Label[]): Promise<void> {
  const { id } = photo;
  let shown: Shown;
  try {
    shown = await shownFor(studio, photo);
  } catch (error) {
    const problem = complain(studio, error);
    studio.changePhoto(id, { problem });
    if (studio.state.selected === id) studio.change({ work: { kind: "idle" } });
    return;
  }
  const { photos, selected, current: before } = studio.state;
  const fresh = photos.find((one) => one.id === id);
  // Chosen twice in a hurry: the first to arrive is shown, and what was said to it since is kept.
  if (selected !== id || before?.id === id || !fresh) return forget(shown);
  const { width, height } = shown;
  const session = fresh.session ?? newSession({ width, height }, labels);
  studio.changePhoto(id, { session, thumbnail: thumbnailOf(shown) });
  if (fresh.thumbnail?.startsWith("blob:")) URL.revokeObjectURL(fresh.thumbnail);
  studio.change({
    current: { id, width, height, shown },
    colours: withColours(studio.state.colours, inForce(session).labels),
  });
  if (before) forget(before.shown);
  studio.ask();
}

async function shownFor(studio: Studio, { name, source }: Photo): Promise<Shown> {
  switch (source.kind) {
    case "sample":
      return showPicture(await sampleScene());
    case "file":
      return decodePhoto(name, source.blob);
    case "server": {
      if (!studio.server) throw new FileProblem(texts.serverGone);
      return decodePhoto(name, await studio.server.read({ id: source.id, name }));
    }
    default:
      return source satisfies never;
  }
}

/** A new photo has the labels of the one before: who labels cats on one photo will on the next. */
function labelsToBeginWith({ state }: Studio): readonly Label[] {
  const before = selectedPhoto(state);
  if (!before?.session || before.source.kind === "sample") return [BACKGROUND, OBJECT];
  return inForce(before.session).labels;
}

function complain(studio: Studio, error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  studio.notify("error", text);
  return text;
}

/** The label that a click on the selected photo says. */
export function labelInHand({ state }: Studio): Label {
  const photo = selectedPhoto(state);
  return photo ? selectedLabel(photo) : OBJECT;
}
