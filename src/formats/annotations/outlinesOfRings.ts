/** Which rings of a drawing are holes in which: parts with their holes, by the even-odd rule. */

import type { Outline, Ring } from "../../image/outlines.ts";

/**
 * A ring that lies in an odd number of others is a hole, of the smallest ring around it that is none.
 * Rings that cross one another are one part with the others as holes, which by the even-odd rule is
 * the same.
 */
export function outlinesOfRings(rings: readonly Ring[]): readonly Outline[] {
  const sound = rings.filter((ring) => ring.length > 0);
  const [first = [], ...others] = sound;
  const asOne = sound.length > 0 ? [{ outer: first, holes: others }] : [];
  if (sound.length > MAX_NESTED) return asOne;
  const around = new Map(
    sound.map((ring) => [ring, sound.filter((other) => other !== ring && isIn(ring, other))]),
  );
  const depth = (ring: Ring): number => around.get(ring)?.length ?? 0;
  const holes = new Map<Ring, Ring[]>();
  for (const ring of sound) if (depth(ring) % 2 === 0) holes.set(ring, []);
  for (const ring of sound) {
    if (depth(ring) % 2 === 0) continue;
    const parents = (around.get(ring) ?? []).filter((other) => depth(other) === depth(ring) - 1);
    // Around a ring of a proper drawing lies just one of each depth.
    if (parents.length !== 1) return asOne;
    holes.get(parents[0])?.push(ring);
  }
  return [...holes].map(([outer, inner]) => ({ outer, holes: inner }));
}

/** Which of more rings lie in which takes too long to find out. */
const MAX_NESTED = 500;

/** Whether the middle of a ring's first edge, moved a hair to its inside, lies in another. */
function isIn(ring: Ring, other: Ring): boolean {
  const { x, y } = innerPoint(ring);
  let inside = false;
  other.forEach((a, i) => {
    const b = other[(i + 1) % other.length];
    const crosses = a.y > y !== b.y > y;
    if (crosses && x < a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)) inside = !inside;
  });
  return inside;
}

/** Small against a pixel. */
const HAIR = 1 / 256;

function innerPoint(ring: Ring): { readonly x: number; readonly y: number } {
  const [a, b = a] = ring;
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  // The inside of a clockwise ring lies to the right of its edges, of the others to the left.
  const side = (signedArea(ring) >= 0 ? HAIR : -HAIR) / length;
  return { x: (a.x + b.x) / 2 - (b.y - a.y) * side, y: (a.y + b.y) / 2 + (b.x - a.x) * side };
}

function signedArea(ring: Ring): number {
  let area = 0;
  ring.forEach(({ x, y }, i) => {
    const next = ring[(i + 1) % ring.length];
    area += x * next.y - next.x * y;
  });
  return area;
}
