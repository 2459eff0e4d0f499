/** The browser's database of projects: its tables, and how it is opened. */

import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { HistoryDocument, PhotoDocument, PhotoSummary, ProjectDocument } from "maskwise";

export interface ProjectRow {
  readonly id: string;
  readonly document: ProjectDocument;
  /** The page that may change it. */
  readonly owner: string;
  /** Its photos, in order. */
  readonly order: readonly string[];
  readonly selected?: string | undefined;
  /** When it was opened last, in milliseconds since 1970. */
  readonly opened: number;
}

interface PhotoRow {
  readonly id: string;
  readonly project: string;
  readonly name: string;
  readonly source: "bytes" | "sample";
  readonly summary: PhotoSummary;
  readonly thumbnail?: string;
}

interface Tables extends DBSchema {
  projects: { key: string; value: ProjectRow };
  photos: { key: string; value: PhotoRow; indexes: { project: string } };
  /** What was said, by photo. */
  records: { key: string; value: PhotoDocument };
  /** Files, by photo. */
  bytes: { key: string; value: Blob };
  /** Earlier versions, by photo. */
  histories: { key: string; value: HistoryDocument };
}

export type Database = IDBPDatabase<Tables>;

/** Raised with every change of the tables, together with a step in `upgrade`. */
const VERSION = 1;

export function openDatabase(): Promise<Database> {
  return openDB<Tables>("maskwise", VERSION, {
    upgrade(database) {
      database.createObjectStore("projects", { keyPath: "id" });
      database.createObjectStore("photos", { keyPath: "id" }).createIndex("project", "project");
      for (const table of ["records", "bytes", "histories"] as const) {
        database.createObjectStore(table);
      }
    },
    // A newer page wants to change the tables: this one lets go, and what it then fails to keep is told.
    blocking: (_now, _next, event) => (event.target as IDBDatabase).close(),
  });
}
