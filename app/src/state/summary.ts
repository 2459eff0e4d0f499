/** What a list shows of a photo, whether or not its session has been read. */

import type { PhotoSummary } from "maskwise";
import type { Photo } from "./photo.ts";
import { saysSomething } from "./saysSomething.ts";

/** Whether a mask of everything that was said has been exported. */
export function isExported({ session, exported, summary }: Photo): boolean {
  return session === undefined ? (summary?.isExported ?? false) : session === exported;
}

export function summaryOf(photo: Photo): PhotoSummary {
  const { session, status, summary } = photo;
  return {
    status,
    isExported: isExported(photo),
    events: session === undefined ? (summary?.events ?? 0) : session.at,
  };
}

/** Whether something was said about a photo. */
export function isBegun({ session, summary }: Photo): boolean {
  return session === undefined ? (summary?.events ?? 0) > 0 : saysSomething(session);
}
