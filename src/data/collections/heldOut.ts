/**
 * Which pictures are kept for looking at, and never trained on: a share of all, told from the name
 * alone, so that the choice does not depend on what else there is, on order, or on a seed.
 */

/** Where in [0, 1) a picture stands, evenly over all names: those below a share are held out. */
export function heldOutRank(picture: string): number {
  return hash(picture) / 2 ** 32;
}

/** FNV-1a over UTF-16 units, and then mixed so that the high bits depend on all (Murmur3's end). */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
