import { FileProblem } from "../files/fileProblem.ts";
import { texts } from "../texts.ts";

/**
 * The bytes at an address.
 *
 * @param progress Told the share that is there, where the server says how much there is.
 * @throws {FileProblem} They cannot be had.
 */
export async function fetched(
  url: string,
  progress: (share: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(url).catch((error: Error) => {
    throw new FileProblem(texts.notFetched(url, error.message));
  });
  if (!answer.ok || !answer.body) {
    throw new FileProblem(texts.notFetched(url, `${answer.status} ${answer.statusText}`));
  }
  const total = Number(answer.headers.get("Content-Length"));
  let done = 0;
  const counted = answer.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        done += chunk.length;
        // A compressed answer says less than comes of it.
        if (total > 0) progress(Math.min(1, done / total));
        controller.enqueue(chunk);
      },
    }),
  );
  return new Uint8Array(await new Response(counted).arrayBuffer());
}
