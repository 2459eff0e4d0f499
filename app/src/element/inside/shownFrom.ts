import { fetched } from "../../engine/fetched.ts";
import { decodePhoto, showPicture } from "../../files/decodePhoto.ts";
import type { Shown } from "../../files/shown.ts";
import { type ImageSource, nameOf } from "../imageSource.ts";

/**
 * From whatever a page has of a picture to what can be drawn.
 *
 * @throws {FileProblem} It cannot be had, or is no picture that this browser knows.
 */
export async function shownFrom(source: ImageSource): Promise<Shown> {
  if (source instanceof Blob) return decodePhoto(nameOf(source), source);
  if (typeof source === "string" || source instanceof URL) {
    const bytes = await fetched(new URL(source, document.baseURI).href, () => {});
    return decodePhoto(nameOf(source), new Blob([bytes]));
  }
  return showPicture(source);
}
