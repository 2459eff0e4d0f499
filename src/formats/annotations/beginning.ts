import type { FileSource } from "./files.ts";

const GLANCE = 1 << 16;

/** As much of a file as tells what it is, as text. */
export async function beginning(files: FileSource, path: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const piece of files.stream(path)) {
    text += decoder.decode(piece.subarray(0, GLANCE), { stream: true });
    if (text.length >= GLANCE) break;
  }
  return text;
}
