import { bytesOf } from "./memoryFolder.ts";

/** A ustar archive of small files. */
export function tarOf(files: Readonly<Record<string, unknown>>): Uint8Array {
  const blocks: number[] = [];
  for (const [name, value] of Object.entries(files)) {
    const bytes = bytesOf(value);
    const header = new Uint8Array(512);
    const write = (text: string, at: number) => header.set(new TextEncoder().encode(text), at);
    write(name, 0);
    write(bytes.length.toString(8).padStart(11, "0"), 124);
    write("        ", 148);
    write("0", 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    blocks.push(...header, ...bytes, ...new Uint8Array(-bytes.length & 511));
  }
  return Uint8Array.from([...blocks, ...new Uint8Array(1024)]);
}
