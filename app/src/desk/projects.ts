/** Projects are opened, taken over from another page, made and deleted. */

import { OBJECT } from "maskwise";
import { browserStore } from "../keeping/browserStore.ts";
import { type Database, openDatabase } from "../keeping/database.ts";
import { folderStore } from "../keeping/folderStore.ts";
import { Keeper } from "../keeping/keeper.ts";
import { Ownership } from "../keeping/ownership.ts";
import {
  createProject,
  deleteClosed,
  deleteProject,
  type KnownProject,
  knownProjects,
} from "../keeping/projects.ts";
import type { KeptPhoto, Store } from "../keeping/store.ts";
import { colourAll } from "../state/labels.ts";
import type { Photo } from "../state/photo.ts";
import { NO_PROJECT } from "../state/state.ts";
import { texts } from "../texts.ts";
import { clearPhotos, complain, readAgain, showPhoto } from "./photos.ts";
import type { Studio } from "./studio.ts";

/** What this page is called where it owns a project. */
const PAGE = crypto.randomUUID();

let database: Promise<Database> | undefined;

/** Opened once; what fails is tried anew the next time. */
function theDatabase(): Promise<Database> {
  database ??= openDatabase();
  database.catch(() => {
    database = undefined;
  });
  return database;
}

/**
 * Open what is kept: the folder of the local server, or the project that was opened last.
 *
 * @returns whether it has photos.
 */
export async function openKept(studio: Studio): Promise<boolean> {
  try {
    // A server that was started without photos has no folder to keep anything in.
    const { server } = studio;
    const hasFolder = server !== undefined && server.photos.length > 0;
    return await open(studio, hasFolder ? folderStore(server) : await lastProject());
  } catch (error) {
    studio.notify("error", texts.projects.notKept(reasonOf(error)));
    return false;
  }
}

/** Open another project of the browser. */
export async function openProject(studio: Studio, id: string): Promise<void> {
  await leave(studio);
  await open(studio, browserStore(await theDatabase(), id, PAGE));
}

/** Begin a project, and open it. */
export async function beginProject(studio: Studio, name: string): Promise<void> {
  const { labels } = studio.state.project;
  // Who begins another project mostly looks for the same things.
  await openProject(studio, await createProject(await theDatabase(), { name, labels }));
}

/** Delete a project that is not open. */
export async function removeProject(project: KnownProject): Promise<void> {
  await deleteProject(await theDatabase(), project.id);
}

/** All projects of this browser; none where the photos are a folder's. */
export async function allProjects(studio: Studio): Promise<readonly KnownProject[]> {
  return studio.server ? [] : knownProjects(await theDatabase());
}

/** Change the project in this page, and no longer in another. */
export async function takeOver(studio: Studio): Promise<void> {
  const { keeper, ownership } = studio;
  if (!keeper || !ownership) return;
  await ownership.takeOver();
  await keeper.store.own();
  // What could not be kept here is an earlier version from now on.
  for (const { id, session } of keeper.unkept) {
    if (session) keeper.versions.add(id, "overwritten", session);
  }
  keeper.forget();
  studio.change({ access: "owner" });
  const { selected } = studio.state;
  await readAll(studio, keeper.store, selected);
}

async function lastProject(): Promise<Store> {
  const known = await knownProjects(await theDatabase());
  const id =
    known[0]?.id ??
    (await createProject(await theDatabase(), { name: texts.projects.first, labels: [] }));
  return browserStore(await theDatabase(), id, PAGE);
}

async function open(studio: Studio, store: Store): Promise<boolean> {
  const keeper = new Keeper(store, {
    state: () => studio.state,
    tell: (keeping) => studio.tellKeeping(keeping),
    takenOver: () => {
      loseTo(studio);
      if (keeper.unkept.length > 0) studio.notify("error", texts.projects.lostChanges);
    },
    kept: (photo) => studio.ownership?.tellChanged(photo),
    keptFile: (photo) => studio.loadPhoto(photo, { source: { kind: "kept" } }),
    withoutFile: ({ name }) => studio.notify("error", texts.projects.withoutFile(name)),
  });
  const ownership = new Ownership(store.name, {
    finish: () => keeper.settled(),
    lost: () => loseTo(studio),
    changed: (photo) => void studio.track(readAgain(studio, photo)),
  });
  const isOwner = await ownership.claim();
  if (isOwner) {
    await store.own();
    if (!studio.server) await deleteClosed(await theDatabase(), store.name);
  }
  studio.keep(keeper, ownership);
  studio.change({ access: isOwner ? "owner" : "reader" });
  return readAll(studio, store);
}

/** Show what a store has, as if nothing had been shown before. */
async function readAll(studio: Studio, store: Store, wanted?: string): Promise<boolean> {
  const { project, photos, selected } = await store.open();
  clearPhotos(studio);
  const read = photos.map(photoOf);
  // Set, and not changed: nothing of this has to be kept again.
  studio.load({
    project,
    photos: read,
    colours: colourAll(studio.state.colours, project.labels),
  });
  const ids = read.map(({ id }) => id);
  const first = [wanted, selected].find((id) => id !== undefined && ids.includes(id));
  const next = read.find(({ status }) => status === "to do");
  const shown = first ?? next?.id ?? ids[0];
  if (shown !== undefined) showPhoto(studio, shown);
  return read.length > 0;
}

function photoOf({ id, name, summary, thumbnail, source }: KeptPhoto): Photo {
  return {
    id,
    name,
    source: source === "server" ? { kind: "server", id } : { kind: kindOf(source) },
    status: summary.status,
    summary,
    label: OBJECT,
    ...(thumbnail !== undefined && { thumbnail }),
  };
}

function kindOf(source: "bytes" | "sample"): "kept" | "sample" {
  return source === "bytes" ? "kept" : "sample";
}

async function leave(studio: Studio): Promise<void> {
  await studio.keeper?.settled();
  studio.keeper?.forget();
  studio.ownership?.end();
  studio.keep(undefined, undefined);
  clearPhotos(studio);
  studio.load({ project: NO_PROJECT });
}

function loseTo(studio: Studio): void {
  if (studio.state.access === "owner") studio.change({ access: "reader" });
}

/** Say in a notice why something failed, and go on. */
export function telling(studio: Studio, work: Promise<void>): void {
  void studio.track(
    work.catch((error) => {
      complain(studio, error);
    }),
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
