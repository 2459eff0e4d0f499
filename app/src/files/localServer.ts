/** The server that `maskwise annotate` runs: photos from it, masks to it. */

import { texts } from "../texts.ts";
import { FileProblem } from "./fileProblem.ts";

interface ServedPhoto {
  readonly id: string;
  readonly name: string;
}

export interface LocalServer {
  readonly photos: readonly ServedPhoto[];
  /** Name of the model to segment with. */
  readonly model: string;
  /**
   * Ask the server something of its own.
   *
   * @throws {FileProblem} It does not answer, or refuses with a status that is not allowed for.
   */
  ask(path: string, request?: ServerRequest): Promise<Response>;
  /** The bytes of a photo. */
  read(photo: ServedPhoto): Promise<Blob>;
  /** Save a mask beside its photo; the path it went to. */
  save(photo: ServedPhoto, format: string, bytes: Blob): Promise<string>;
}

interface ServerRequest extends RequestInit {
  /** What it may refuse with, besides answering. @default [] */
  readonly allowed?: readonly number[];
}

/**
 * The server this page came from, if its address holds a token.
 *
 * @throws {FileProblem} There is a token, but no server that takes it.
 */
export async function findLocalServer({ hash }: Location): Promise<LocalServer | undefined> {
  const token = new URLSearchParams(hash.slice(1)).get("token");
  if (token === null) return undefined;

  async function ask(
    path: string,
    { allowed = [], ...request }: ServerRequest = {},
  ): Promise<Response> {
    const headers = { ...request.headers, Authorization: `Bearer ${token}` };
    const answer = await fetch(path, { ...request, headers }).catch(() => {
      throw new FileProblem(texts.serverGone);
    });
    if (answer.ok || allowed.includes(answer.status)) return answer;
    throw new FileProblem(texts.serverRefused(await complaintOf(answer)));
  }

  const { images, model } = (await (await ask("/api/images")).json()) as {
    images: readonly ServedPhoto[];
    model: string;
  };
  return {
    photos: images,
    model,
    ask,
    read: async ({ id }) => (await ask(`/api/images/${encodeURIComponent(id)}`)).blob(),
    save: async ({ id }, format, body) => {
      const path = `/api/masks/${encodeURIComponent(id)}?format=${format}`;
      const { path: saved } = (await (await ask(path, { method: "POST", body })).json()) as {
        path: string;
      };
      return saved;
    },
  };
}

async function complaintOf(answer: Response): Promise<string> {
  const { error } = (await answer.json().catch(() => ({}))) as { error?: unknown };
  return typeof error === "string" ? error : `${answer.status} ${answer.statusText}`;
}
