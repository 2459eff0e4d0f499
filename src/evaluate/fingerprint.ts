/** A short name for whatever happened, equal wherever all of it was: FNV-1a, 32 bits. */

export interface Fingerprint {
  addText(text: string): void;
  addBytes(bytes: Uint8Array): void;
  /** Of all that was added so far: 8 hexadecimal digits. */
  digits(): string;
}

export function fingerprint(): Fingerprint {
  let hash = 0x811c9dc5;
  const addBytes = (bytes: Uint8Array): void => {
    let now = hash;
    for (let i = 0; i < bytes.length; i++) now = Math.imul(now ^ bytes[i], 0x01000193);
    hash = now;
  };
  return {
    addText: (text) => addBytes(new TextEncoder().encode(`${text}\n`)),
    addBytes,
    digits: () => (hash >>> 0).toString(16).padStart(8, "0"),
  };
}
