/**
 * The size that a picture's first bytes claim, so that a huge one can be named as such: browsers
 * only say that they will not decode it.
 *
 * @see PNG: https://www.w3.org/TR/png-3/#11IHDR; JPEG: ITU-T T.81, B.2.2; WebP: RFC 9649; GIF89a, 18.
 */

import type { Size } from "maskwise";

/** JPEGs may carry that much before their size: colour profiles, thumbnails, remarks. */
const HEADER_BYTES = 2 ** 20;

/** The claimed size, or `undefined` where the format is another or the size is not found. */
export async function sizeInHeader(blob: Blob): Promise<Size | undefined> {
  const bytes = new DataView(await blob.slice(0, HEADER_BYTES).arrayBuffer());
  try {
    if (begins(bytes, 0, "\u0089PNG")) return size(bytes.getUint32(16), bytes.getUint32(20));
    if (begins(bytes, 0, "GIF8")) return size(bytes.getUint16(6, true), bytes.getUint16(8, true));
    if (begins(bytes, 0, "RIFF") && begins(bytes, 8, "WEBP")) return sizeOfWebp(bytes);
    if (begins(bytes, 0, "\u00ff\u00d8\u00ff")) return sizeOfJpeg(bytes);
  } catch (error) {
    // A header cut short: reading beyond its end.
    if (!(error instanceof RangeError)) throw error;
  }
  return undefined;
}

function size(width: number, height: number): Size {
  return { width, height };
}

function begins(bytes: DataView, at: number, text: string): boolean {
  return [...text].every((letter, i) => bytes.getUint8(at + i) === letter.charCodeAt(0));
}

function sizeOfWebp(bytes: DataView): Size | undefined {
  if (begins(bytes, 12, "VP8X")) {
    const side = (at: number): number =>
      1 + bytes.getUint16(at, true) + (bytes.getUint8(at + 2) << 16);
    return size(side(24), side(27));
  }
  if (begins(bytes, 12, "VP8L")) {
    const bits = bytes.getUint32(21, true);
    return size(1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff));
  }
  return begins(bytes, 12, "VP8 ")
    ? size(bytes.getUint16(26, true) & 0x3fff, bytes.getUint16(28, true) & 0x3fff)
    : undefined;
}

/** From segment to segment up to the one that begins a frame. */
function sizeOfJpeg(bytes: DataView): Size | undefined {
  let at = 2;
  while (bytes.getUint8(at) === 0xff) {
    const marker = bytes.getUint8(at + 1);
    // 0xff may be repeated before a marker.
    if (marker === 0xff) at += 1;
    else if (isFrame(marker)) return size(bytes.getUint16(at + 7), bytes.getUint16(at + 5));
    else at += 2 + bytes.getUint16(at + 2);
  }
  return undefined;
}

/** SOF0 to SOF15, without the tables that lie between them: DHT, JPG, DAC. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}
