/**
 * The image of a task, from where Label Studio keeps it. Tasks may hold any address, and whoever knows
 * the token could make this server ask other machines; so it asks only those it was started with.
 */

import { boundedBody } from "../boundedBody.ts";
import { Refusal } from "../refusal.ts";

export interface LabelStudio {
  /** Where it is, such as `http://localhost:8080`. */
  readonly url: string;
  /** Its key for programs, sent to it alone. @default none */
  readonly key?: string | undefined;
  /** Origins of further servers that images are on. @default none */
  readonly imagesFrom?: readonly string[];
}

/**
 * @param address As the task has it: an address, a path on Label Studio's server, or a data URL.
 * @throws {Refusal} Not from a server that may be asked, too large, or not to be had.
 */
export async function taskImage(
  address: string,
  labelStudio: LabelStudio | undefined,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const base64 = /^data:image\/[\w.+-]+;base64,(.*)$/s.exec(address);
  if (base64) return Buffer.from(base64[1], "base64");
  const url = allowed(address, labelStudio);
  const isOwn = url.origin === new URL(labelStudio?.url ?? url).origin;
  const key = isOwn ? labelStudio?.key : undefined;
  let answer: Response;
  try {
    answer = await fetch(url, {
      // A redirect could lead to a server that was not allowed.
      redirect: "error",
      signal,
      ...(key !== undefined && { headers: { Authorization: `Token ${key}` } }),
    });
  } catch (cause) {
    signal.throwIfAborted();
    const { cause: deeper, message } = cause as Error;
    const why = deeper instanceof Error ? deeper.message : message;
    throw new Refusal(400, `task: expected an image at ${url.origin}, got none (${why}).`);
  }
  if (!answer.ok) {
    const cure = [401, 403].includes(answer.status) ? " Check LABEL_STUDIO_API_KEY." : "";
    throw new Refusal(
      400,
      `task: expected an image at ${url.origin}${url.pathname}, got ${answer.status}.${cure}`,
    );
  }
  const bytes = await boundedBody(answer, maxBytes);
  if (bytes) return bytes;
  throw new Refusal(413, `task: expected an image of at most ${maxBytes} bytes, got more.`);
}

function allowed(address: string, labelStudio: LabelStudio | undefined): URL {
  if (labelStudio === undefined) {
    throw new Refusal(
      400,
      "task: expected to know where Label Studio is. Start the server with --label-studio URL.",
    );
  }
  const { url: own, imagesFrom = [] } = labelStudio;
  // `//host/path` names another server without saying so.
  const url = URL.canParse(address, own) ? new URL(address, own) : undefined;
  const origins = [new URL(own).origin, ...imagesFrom];
  if (url && /^https?:$/.test(url.protocol) && origins.includes(url.origin)) return url;
  throw new Refusal(
    400,
    `task: expected an image on ${origins.join(" or ")}, got one on "${url?.origin ?? address.slice(0, 80)}". Start the server with --images-from ORIGIN to allow it.`,
  );
}
