/** Which photos the list shows. */

import { type Status, statuses } from "maskwise";
import type { Photo } from "./photo.ts";

export interface Filter {
  /** Part of a name, in any case. */
  readonly text: string;
  readonly status: Status | undefined;
}

export const EVERYTHING: Filter = { text: "", status: undefined };

export function filtered(photos: readonly Photo[], filter: Filter): readonly Photo[] {
  const text = filter.text.trim().toLocaleLowerCase();
  if (text === "" && filter.status === undefined) return photos;
  return photos.filter(
    ({ name, status }) =>
      name.toLocaleLowerCase().includes(text) &&
      (filter.status === undefined || status === filter.status),
  );
}

/** How many photos have each status. */
export function countByStatus(photos: readonly Photo[]): Readonly<Record<Status, number>> {
  const counts = Object.fromEntries(statuses.map((status) => [status, 0])) as Record<
    Status,
    number
  >;
  for (const { status } of photos) counts[status]++;
  return counts;
}
