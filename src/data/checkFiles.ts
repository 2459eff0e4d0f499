/** What must hold for the files that an index names. */

import { FormatError } from "../formats/formatError.ts";
import { type Field, textAt, wrong } from "../formats/jsonFields.ts";
import type { Size } from "../image/pixels.ts";

/**
 * The path in a field, which must stay inside the data set's folder.
 *
 * @throws {FormatError} When it is no text, or leads out.
 */
export function checkPath(field: Field): string {
  const path = textAt(field);
  const parts = path.split(/[/\\]/);
  if (path === "" || parts[0] === "" || parts[0].includes(":") || parts.includes("..")) {
    throw wrong(field, "a path inside the folder");
  }
  return path;
}

/** @throws {FormatError} When a decoded file is not of the size its index says. */
export function checkDecoded(name: string, got: Size, said: Size): void {
  if (got.width === said.width && got.height === said.height) return;
  throw new FormatError(
    `${name}: expected ${said.width}×${said.height} as index.json says, got ${got.width}×${got.height}.`,
  );
}
