/** A project kept by the browser, photos and all: nothing leaves the machine. */

import { type HistoryDocument, readProject, writeProject } from "maskwise";
import type { Database, ProjectRow } from "./database.ts";
import { type Opened, type PhotoToKeep, type Store, StoreFull, TakenOver } from "./store.ts";

/** Told to the disk before it counts as kept: a power cut then takes nothing. */
const STRICT = { durability: "strict" } as const;

const TABLES = ["projects", "photos", "records", "bytes", "histories"] as const;
type Writing = ReturnType<typeof writing>;

function writing(database: Database) {
  return database.transaction(TABLES, "readwrite", STRICT);
}

/** @param page A name that no other page has. */
export function browserStore(database: Database, id: string, page: string): Store {
  async function row(): Promise<ProjectRow> {
    const found = await database.get("projects", id);
    if (!found) throw new TakenOver("the project was deleted");
    return found;
  }

  /** Do all or nothing, and nothing where another page owns the project. */
  async function change(
    act: (tables: Writing, project: ProjectRow) => readonly Promise<unknown>[],
  ): Promise<void> {
    const transaction = writing(database);
    try {
      const project = await transaction.objectStore("projects").get(id);
      if (project?.owner !== page) throw new TakenOver("another page has it");
      await Promise.all([...act(transaction, project), transaction.done]);
    } catch (error) {
      abort(transaction);
      throw isFull(error) || isFull(transaction.error) ? new StoreFull(String(error)) : error;
    }
  }

  return {
    name: id,
    isFolder: false,
    own: async () => {
      const project = await row();
      await database.put("projects", { ...project, owner: page, opened: Date.now() });
    },
    open: async (): Promise<Opened> => {
      const { document, order, selected } = await row();
      const rows = await database.getAllFromIndex("photos", "project", id);
      const byId = new Map(rows.map((photo) => [photo.id, photo]));
      return {
        project: readProject(document),
        photos: order.flatMap((photo) => byId.get(photo) ?? []),
        ...(selected !== undefined && { selected }),
      };
    },
    record: (photo) => database.get("records", photo),
    bytes: (photo) => database.get("bytes", photo),
    history: (photo) => database.get("histories", photo),
    saveProject: (project) =>
      change((tables, row) => [
        tables.objectStore("projects").put({ ...row, document: writeProject(project) }),
      ]),
    saveOrder: (order, selected) =>
      change((tables, row) => [
        tables.objectStore("projects").put({ ...row, order: [...order], selected }),
      ]),
    savePhoto: (photo) => change((tables) => putPhoto(tables, id, photo)),
    saveHistory: (photo, history: HistoryDocument) =>
      change((tables) => [tables.objectStore("histories").put(history, photo)]),
  };
}

function putPhoto(
  tables: Writing,
  project: string,
  { record, bytes, source, ...shown }: PhotoToKeep,
): readonly Promise<unknown>[] {
  if (source === "server") throw new TypeError("savePhoto: expected a photo of this page's own.");
  return [
    tables.objectStore("photos").put({ ...shown, source, project }),
    tables.objectStore("records").put(record, shown.id),
    ...(bytes ? [tables.objectStore("bytes").put(bytes, shown.id)] : []),
  ];
}

function abort(transaction: Writing): void {
  // The reason is known already; this rejects because of the abort itself.
  transaction.done.catch(() => {});
  try {
    transaction.abort();
  } catch {
    // It has ended by itself.
  }
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}
