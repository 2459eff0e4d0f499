/** Bytes as base64, in Node and in browsers. */

import { FormatError } from "../formatError.ts";

/** So many bytes become characters at once: more arguments than this some engines do not take. */
const CHUNK = 0x8000;

export function base64OfBytes(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(text);
}

/** @throws {FormatError} Not base64. */
export function bytesOfBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch (cause) {
    throw new FormatError(`expected base64, got ${JSON.stringify(text.slice(0, 40))}.`, { cause });
  }
}
