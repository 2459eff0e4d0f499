/**
 * The body of a request or of an answer, or `undefined` as soon as it is known to be larger than `limit` bytes:
 * from what its header says, or, where it does not, while reading.
 */
export async function boundedBody(
  message: Pick<Request, "headers" | "body">,
  limit: number,
): Promise<Uint8Array | undefined> {
  if (Number(message.headers.get("content-length") ?? 0) > limit) return undefined;
  if (!message.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = message.body.getReader();
  for (;;) {
    const { value } = await reader.read();
    if (value === undefined) return Buffer.concat(chunks, bytes);
    bytes += value.length;
    if (bytes > limit) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
}
