/** Photos come in, are shown one at a time, and go. */

import {
  BACKGROUND,
  state as inForce,
  type Label,
  newSession,
  OBJECT,
  type PhotoRecord,
  readPhoto,
  type Session,
  type Size,
} from "maskwise";
import { decodePhoto, probe, showPicture } from "../files/decodePhoto.ts";
import { FileProblem } from "../files/fileProblem.ts";
import { sampleScene } from "../files/sampleScene.ts";
import { forget, type Shown, thumbnailOf } from "../files/shown.ts";
import { filtered } from "../state/filter.ts";
import { coloursFor } from "../state/labels.ts";
import type { Photo } from "../state/photo.ts";
import { selectedLabel, selectedPhoto } from "../state/state.ts";
import { texts } from "../texts.ts";
import { takeUpDraft } from "./drafts.ts";
import { FileMissing, photoBytes } from "./photoBytes.ts";
import type { Studio } from "./studio.ts";

/** From so many files on it is shown how far taking them in is. */
const MANY = 5;

/** Show the server's photos without anything being kept of them, or the sample scene. */
export function openUnkept(studio: Studio): void {
  const served = studio.server?.photos ?? [];
  if (served.length > 0) {
    const photos = served.map(({ id, name }) => newPhoto(studio, name, { kind: "server", id }));
    add(studio, photos);
    return;
  }
  add(studio, [newPhoto(studio, texts.sampleName, { kind: "sample" })]);
}

/** Open files: those that are photos are added, and for each other one it is said why not. */
export async function openFiles(studio: Studio, files: readonly File[]): Promise<void> {
  if (!studio.mayChange()) return;
  const taken = await takeIn(studio, files);
  const photos = taken.filter((photo) => !putBackFile(studio, photo));
  if (photos.length === 0) return;
  if (studio.server?.photos.length) studio.notify("note", texts.projects.onlyHere);
  for (const photo of studio.state.photos) {
    // The sample has done its work, unless somebody is at work on it.
    if (photo.source.kind === "sample" && !isTouched(photo)) remove(studio, photo.id);
  }
  add(studio, photos);
}

function isTouched({ session, summary }: Photo): boolean {
  return (session?.events.length ?? summary?.events ?? 0) > 0;
}

/** Look at each file; those that are no photos are refused, one by one or, of a folder, passed over. */
async function takeIn(studio: Studio, files: readonly File[]): Promise<readonly Photo[]> {
  const photos: Photo[] = [];
  for (const [at, file] of files.entries()) {
    if (files.length > MANY) studio.change({ takingIn: [at, files.length] });
    try {
      await probe(file.name, file);
      photos.push(newPhoto(studio, file.name, { kind: "file", blob: file }));
    } catch (error) {
      complain(studio, error);
    }
  }
  studio.change({ takingIn: undefined });
  return photos;
}

/** @returns whether a photo of that name was waiting for its file, which could not be kept. */
function putBackFile(studio: Studio, { name, source }: Photo): boolean {
  const waiting = studio.state.photos.find((photo) => photo.name === name && photo.lacksFile);
  if (!waiting) return false;
  const { problem: _, lacksFile: __, ...photo } = waiting;
  const photos = studio.state.photos.map((one) => (one === waiting ? { ...photo, source } : one));
  studio.change({ photos });
  if (studio.state.current?.id !== waiting.id) {
    studio.change({ selected: undefined });
    showPhoto(studio, waiting.id);
  }
  return true;
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

/** Show the listed photo before (-1) or after (1) the selected one; after the last comes the first. */
export function showBeside(studio: Studio, by: -1 | 1): void {
  const { selected, filter } = studio.state;
  const photos = filtered(studio.state.photos, filter);
  const at = photos.findIndex(({ id }) => id === selected);
  const beside = photos.at((at + by) % photos.length);
  if (beside) showPhoto(studio, beside.id);
}

/** Take a photo off the list; it can be brought back with all that was said about it. */
export function closePhoto(studio: Studio, id: string): void {
  if (!studio.mayChange()) return;
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
  return { id: studio.newId(), name, source, label: OBJECT, status: "to do" };
}

function add(studio: Studio, photos: readonly Photo[]): void {
  studio.change({ photos: [...studio.state.photos, ...photos] });
  const [first] = photos;
  if (first) showPhoto(studio, first.id);
}

/** Take all photos off the list; what is kept of them stays. */
export function clearPhotos(studio: Studio): void {
  const { photos, current } = studio.state;
  studio.cancel();
  studio.load({
    photos: [],
    selected: undefined,
    current: undefined,
    answer: undefined,
    work: { kind: "idle" },
  });
  if (current) forget(current.shown);
  for (const { id } of photos) studio.engine.close(id);
}

/** Read again what another page has said about a photo. */
export async function readAgain(studio: Studio, id: string): Promise<void> {
  const photo = studio.state.photos.find((one) => one.id === id);
  if (!photo) return;
  const { session: _, ...unread } = photo;
  const record = await readRecord(studio, unread);
  if (!record) return;
  const { session, status, attributes } = record;
  const isRead = photo.session !== undefined && session !== undefined;
  studio.changePhoto(id, { status, attributes, ...(isRead && { session }) });
  if (studio.state.selected === id) studio.ask();
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
  let record: PhotoRecord | undefined;
  try {
    record = await readRecord(studio, photo);
    shown = await shownFor(studio, photo);
    checkSameSize(photo, shown, record?.session);
  } catch (error) {
    const problem = complain(studio, error);
    studio.changePhoto(id, { problem, ...(error instanceof FileMissing && { lacksFile: true }) });
    if (studio.state.selected === id) studio.change({ work: { kind: "idle" } });
    return;
  }
  const { photos, selected, current: before } = studio.state;
  const fresh = photos.find((one) => one.id === id);
  // Chosen twice in a hurry: the first to arrive is shown, and what was said to it since is kept.
  if (selected !== id || before?.id === id || !fresh) return forget(shown);
  const { width, height } = shown;
  const session = fresh.session ?? record?.session ?? newSession({ width, height }, labels);
  if (fresh.session === undefined) {
    // As it is kept: there is nothing to keep again.
    studio.loadPhoto(id, {
      session,
      attributes: record?.attributes ?? {},
      ...(record?.isExported && { exported: session }),
    });
  }
  if (fresh.thumbnail === undefined) studio.changePhoto(id, { thumbnail: thumbnailOf(shown) });
  studio.change({
    current: { id, width, height, shown },
    colours: coloursFor(studio.state, inForce(session).labels),
  });
  if (before) forget(before.shown);
  takeUpDraft(studio);
  studio.ask();
}

async function shownFor(studio: Studio, photo: Photo): Promise<Shown> {
  const blob = await photoBytes(studio, photo);
  return blob ? decodePhoto(photo.name, blob) : showPicture(await sampleScene());
}

/** What is kept of a photo that has not been read yet. */
async function readRecord(studio: Studio, photo: Photo): Promise<PhotoRecord | undefined> {
  if (photo.session !== undefined) return undefined;
  const document = await studio.keeper?.store.record(photo.id);
  return document === undefined ? undefined : readPhoto(document, photo.name);
}

/** Read what is kept of a photo, without showing it. */
export async function readUnread(studio: Studio, id: string): Promise<void> {
  const photo = studio.state.photos.find((one) => one.id === id);
  const record = photo && (await readRecord(studio, photo).catch(() => undefined)); // told when shown
  if (!record?.session) return;
  const { session, attributes, isExported } = record;
  studio.loadPhoto(id, { session, attributes, ...(isExported && { exported: session }) });
}

/** A session of a photo that has another size now must not be taken for one of it, nor be written over. */
function checkSameSize({ name }: Photo, shown: Size, session: Session | undefined): void {
  if (!session || (session.width === shown.width && session.height === shown.height)) return;
  const text = ({ width, height }: Size): string => `${width} × ${height}`;
  throw new FileProblem(texts.projects.sizeChanged(name, text(session), text(shown)));
}

/** A new photo has the labels of the project, or of the photo before: who labels cats on one photo will on the next. */
function labelsToBeginWith({ state }: Studio): readonly Label[] {
  const { labels } = state.project;
  if (labels.length > 0) return [BACKGROUND, ...labels.map(({ name }) => name)];
  const before = selectedPhoto(state);
  if (!before?.session || before.source.kind === "sample") return [BACKGROUND, OBJECT];
  return inForce(before.session).labels;
}

export function complain(studio: Studio, error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  studio.notify("error", text);
  return text;
}

/** The label that a click on the selected photo says. */
export function labelInHand({ state }: Studio): Label {
  const photo = selectedPhoto(state);
  return photo ? selectedLabel(photo) : OBJECT;
}
