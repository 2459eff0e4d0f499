/** Paths that come from files: none leads out of the folder it is put into, on any system. */

import { FormatError } from "../formatError.ts";
import { type Field, textAt, wrong } from "../jsonFields.ts";

/** Names that are devices on Windows, with any ending. */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/i;
/** Characters that some file system gives a meaning of its own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const FORBIDDEN = /[\u0000-\u001f\u007f<>:"|?*\\]/;
const MAX_LENGTH = 1024;
/** What file systems take, in bytes. */
const MAX_PART = 255;

/** What is wrong with a path, or `undefined`. */
function faultOf(path: string): string | undefined {
  if (path === "" || path.length > MAX_LENGTH) return "1 to 1024 characters";
  if (FORBIDDEN.test(path)) return 'no control characters and none of <>:"|?*\\';
  for (const part of path.split("/")) {
    if (part === "" || part === "." || part === "..") return "a path inside the folder";
    if (DEVICE.test(part)) return "no name of a device";
    if (/[. ]$/.test(part)) return "no name that ends in a dot or a space";
    if (new TextEncoder().encode(part).length > MAX_PART) return "names of at most 255 bytes";
  }
  return undefined;
}

/** @throws {FormatError} It leads out of its folder, or is no name everywhere. */
export function checkRelativePath(path: string): void {
  const fault = faultOf(path);
  if (fault !== undefined) {
    throw new FormatError(`path: expected ${fault}, got ${JSON.stringify(path.slice(0, 80))}.`);
  }
}

/**
 * The name of an image as a file tells it. `./` and back slashes are tidied up; of a path that is
 * absolute or leads out of the folder, the last part is taken: the rest is another machine's affair.
 *
 * @param folder Where the file that tells it lies, for names that begin there.
 * @throws {FormatError} Nothing is left that could name a file.
 */
export function imageName(field: Field, folder = ""): string {
  const said = textAt(field).replaceAll("\\", "/");
  const parts: string[] = [];
  let leaves = /^(?:\/|[a-z]:|[a-z]+:\/\/)/i.test(said);
  for (const part of `${folder}/${said}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) leaves = true;
  }
  const name = leaves ? (parts.at(-1) ?? "") : parts.join("/");
  const fault = faultOf(name);
  if (fault !== undefined) throw wrong(field, `the name of a file: ${fault}`);
  return name;
}

/** A name for a file, made of any text. */
export function fileNameOf(text: string): string {
  const name = text
    .replace(/[^\p{L}\p{N}._ -]/gu, "_")
    .replace(/^[. ]+|[. ]+$/g, "_")
    .slice(0, 60);
  return name === "" || DEVICE.test(name) ? `_${name}` : name;
}
