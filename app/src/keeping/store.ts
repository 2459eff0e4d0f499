/**
 * Where a project is kept. What is given to a store is kept whole when its promise resolves; where it
 * rejects, nothing was changed.
 */

import type { HistoryDocument, PhotoDocument, PhotoSummary, Project } from "maskwise";

/** What a list shows of a photo, and where its bytes are. */
export interface KeptPhoto {
  readonly id: string;
  readonly name: string;
  readonly summary: PhotoSummary;
  readonly thumbnail?: string;
  readonly source: "bytes" | "sample" | "server";
}

export interface PhotoToKeep extends KeptPhoto {
  readonly record: PhotoDocument;
  /** Its file, where it is not kept yet. */
  readonly bytes?: Blob;
}

export interface Opened {
  readonly project: Project;
  readonly photos: readonly KeptPhoto[];
  /** The photo that was shown last. */
  readonly selected?: string;
}

export interface Store {
  /** Names the project for locks and messages between tabs. */
  readonly name: string;
  /** Whether it is a folder, which has its photos by itself. */
  readonly isFolder: boolean;
  /** From now on only this page may change the project; `open` again to see what it is. */
  own(): Promise<void>;
  open(): Promise<Opened>;
  /** The record of a photo, to be read by `readPhoto`; `undefined` where nothing was kept. */
  record(id: string): Promise<unknown>;
  bytes(id: string): Promise<Blob | undefined>;
  history(id: string): Promise<unknown>;
  saveProject(project: Project): Promise<void>;
  /** Which photos there are, in order; what is left out goes the next time the project is opened. */
  saveOrder(ids: readonly string[], selected: string | undefined): Promise<void>;
  savePhoto(photo: PhotoToKeep): Promise<void>;
  saveHistory(id: string, history: HistoryDocument): Promise<void>;
}

/** Another page has taken the project over, or a file was changed by somebody else. */
export class TakenOver extends Error {
  override readonly name = "TakenOver";
}

/** There is no room to keep more. */
export class StoreFull extends Error {
  override readonly name = "StoreFull";
}
