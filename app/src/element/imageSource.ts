import type { Picture } from "maskwise";

/** A picture as a page has it: an address, the bytes of a file, or pixels. */
export type ImageSource = string | URL | Blob | Picture;

/** What a picture is called in messages and exports. */
export function nameOf(source: ImageSource): string {
  if (source instanceof File) return source.name;
  if (typeof source === "string" || source instanceof URL) {
    const { pathname } = new URL(source, document.baseURI);
    return decodeURIComponent(pathname.slice(pathname.lastIndexOf("/") + 1)) || "picture";
  }
  return "picture";
}
