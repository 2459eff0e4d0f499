/** A project kept by the local server, in files beside the photos. */

import {
  type HistoryDocument,
  type PhotoDocument,
  type PhotoSummary,
  type Project,
  readProject,
  writeProject,
} from "maskwise";
import type { LocalServer } from "../files/localServer.ts";
import { type Opened, type Store, TakenOver } from "./store.ts";

interface Served {
  readonly project: unknown;
  readonly name: string;
  readonly photos: readonly {
    readonly id: string;
    readonly summary?: PhotoSummary;
    readonly problem?: string;
  }[];
}

const NOTHING_SAID: PhotoSummary = { status: "to do", isExported: false, events: 0 };

export function folderStore(server: LocalServer): Store {
  /** By address, the tag of what was read or written last. */
  const tags = new Map<string, string>();

  async function read(path: string): Promise<unknown> {
    const answer = await server.ask(path);
    tags.set(path, answer.headers.get("etag") ?? NO_FILE);
    return answer.json();
  }

  async function write(path: string, document: object): Promise<void> {
    if (!tags.has(path)) await read(path);
    const answer = await server.ask(path, {
      method: "PUT",
      headers: { "If-Match": tags.get(path) ?? NO_FILE, "Content-Type": "application/json" },
      body: `${JSON.stringify(document)}\n`,
      allowed: [CHANGED],
    });
    if (answer.status === CHANGED) throw new TakenOver("its file was changed");
    tags.set(path, answer.headers.get("etag") ?? NO_FILE);
  }

  return {
    name: "folder",
    isFolder: true,
    // Each file tells by its tag whether it is still what this page has seen.
    own: async () => tags.clear(),
    open: async (): Promise<Opened> => {
      const { project, name, photos } = (await read(PROJECT)) as Served;
      const about = new Map(photos.map((photo) => [photo.id, photo]));
      return {
        project: project === null ? { name, labels: [] } : readProject(project),
        photos: server.photos.map(({ id, name }) => ({
          id,
          name,
          summary: about.get(id)?.summary ?? NOTHING_SAID,
          source: "server",
        })),
      };
    },
    record: async (id) => (await read(recordOf(id))) ?? undefined,
    bytes: async () => undefined,
    history: async (id) => (await read(historyOf(id))) ?? undefined,
    saveProject: (project: Project) => write(PROJECT, writeProject(project)),
    // The folder says which photos there are.
    saveOrder: async () => {},
    savePhoto: ({ id, record }: { readonly id: string; readonly record: PhotoDocument }) =>
      write(recordOf(id), record),
    saveHistory: (id, history: HistoryDocument) => write(historyOf(id), history),
  };
}

const PROJECT = "/api/project";
const NO_FILE = '"none"';
/** The answer where a file is no more what this page has seen. */
const CHANGED = 412;

function recordOf(id: string): string {
  return `/api/images/${encodeURIComponent(id)}/record`;
}

function historyOf(id: string): string {
  return `/api/images/${encodeURIComponent(id)}/history`;
}
