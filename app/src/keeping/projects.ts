/** All projects that the browser keeps. */

import { type Project, writeProject } from "maskwise";
import type { Database } from "./database.ts";

export interface KnownProject {
  readonly id: string;
  readonly name: string;
  readonly photos: number;
  /** When it was opened last, in milliseconds since 1970. */
  readonly opened: number;
}

/** The one that was opened last comes first. */
export async function knownProjects(database: Database): Promise<readonly KnownProject[]> {
  const rows = await database.getAll("projects");
  return rows
    .map(({ id, document, order, opened }) => ({
      id,
      name: document.name,
      photos: order.length,
      opened,
    }))
    .sort((a, b) => b.opened - a.opened);
}

/** @returns the id of the new project. */
export async function createProject(database: Database, project: Project): Promise<string> {
  const id = crypto.randomUUID();
  const document = writeProject(project);
  await database.add("projects", { id, document, owner: "", order: [], opened: Date.now() });
  return id;
}

/** Delete a project with all that is in it. */
export async function deleteProject(database: Database, id: string): Promise<void> {
  await deletePhotos(database, id, () => true);
  await database.delete("projects", id);
}

/** Delete the photos that were taken off a project's list. */
export async function deleteClosed(database: Database, id: string): Promise<void> {
  const row = await database.get("projects", id);
  const kept = new Set(row?.order);
  await deletePhotos(database, id, (photo) => !kept.has(photo));
}

async function deletePhotos(
  database: Database,
  project: string,
  isUnwanted: (photo: string) => boolean,
): Promise<void> {
  const tables = ["photos", "records", "bytes", "histories"] as const;
  const transaction = database.transaction(tables, "readwrite");
  const ids = await transaction.objectStore("photos").index("project").getAllKeys(project);
  for (const photo of ids.filter(isUnwanted)) {
    for (const table of tables) transaction.objectStore(table).delete(photo);
  }
  await transaction.done;
}
