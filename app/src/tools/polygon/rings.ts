/** Polygons as the polygon tool takes hold of them: vertices and edges by their place, on the stage. */

import type { Corner, Outline, Ring, Size } from "maskwise";
import { type Frame, type Point, toStage } from "../../stage/frame.ts";

/** Which ring of which piece: −1 the outer one, else the number of the hole. */
interface RingPlace {
  readonly piece: number;
  readonly hole: number;
}

/** A vertex, or an edge by the vertex that it begins at. */
export interface Grip extends RingPlace {
  readonly kind: "vertex" | "edge";
  readonly index: number;
}

/** A pointer this near is on a vertex or an edge, in CSS pixels. */
const VERTEX_REACH = 8;
const EDGE_REACH = 6;

/** Where a corner lies on the stage: corners count from the picture's edge, pixels from their centres. */
export function cornerOnStage(frame: Frame, { x, y }: Corner): Point {
  return toStage(frame, { unit: "pixel", x: x - 0.5, y: y - 0.5 });
}

export function ringsOf(
  polygon: readonly Outline[],
): readonly (RingPlace & { readonly ring: Ring })[] {
  return polygon.flatMap(({ outer, holes }, piece) => [
    { piece, hole: -1, ring: outer },
    ...holes.map((ring, hole) => ({ piece, hole, ring })),
  ]);
}

/** How many vertices polygons have. */
export function vertexCount(polygon: readonly Outline[]): number {
  return ringsOf(polygon).reduce((sum, { ring }) => sum + ring.length, 0);
}

/** What of a polygon is under a point of the stage: the nearest vertex, or else the nearest edge. */
export function gripUnder(polygon: readonly Outline[], frame: Frame, on: Point): Grip | undefined {
  let grip: Grip | undefined;
  let least = VERTEX_REACH;
  let edge: Grip | undefined;
  let leastEdge = EDGE_REACH;
  for (const { piece, hole, ring } of ringsOf(polygon)) {
    ring.forEach((corner, index) => {
      const at = cornerOnStage(frame, corner);
      const next = cornerOnStage(frame, ring[(index + 1) % ring.length] ?? corner);
      const distance = Math.hypot(at.x - on.x, at.y - on.y);
      if (distance <= least) [grip, least] = [{ kind: "vertex", piece, hole, index }, distance];
      const beside = distanceToSegment(on, at, next);
      if (beside <= leastEdge) [edge, leastEdge] = [{ kind: "edge", piece, hole, index }, beside];
    });
  }
  return grip ?? edge;
}

function distanceToSegment(p: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : ((p.x - a.x) * dx + (p.y - a.y) * dy) / length;
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

/** The polygon with a vertex elsewhere, or with one more on an edge. */
export function withVertexAt(
  polygon: readonly Outline[],
  { kind, index, ...place }: Grip,
  corner: Corner,
): readonly Outline[] {
  return withRing(polygon, place, (ring) =>
    kind === "vertex" ? ring.with(index, corner) : ring.toSpliced(index + 1, 0, corner),
  );
}

/** The polygon without a vertex. A ring of three goes as a whole, and a piece with its outer ring. */
export function withoutVertex(
  polygon: readonly Outline[],
  { index, ...place }: Grip,
): readonly Outline[] {
  return withRing(polygon, place, (ring) =>
    ring.length <= 3 ? undefined : ring.toSpliced(index, 1),
  );
}

function withRing(
  polygon: readonly Outline[],
  { piece, hole }: RingPlace,
  change: (ring: Ring) => Ring | undefined,
): readonly Outline[] {
  return polygon.flatMap((outline, i): readonly Outline[] => {
    if (i !== piece) return [outline];
    if (hole === -1) {
      const outer = change(outline.outer);
      return outer ? [{ ...outline, outer }] : [];
    }
    const holes = outline.holes
      .map((ring, j) => (j === hole ? change(ring) : ring))
      .filter((ring) => ring !== undefined);
    return [{ ...outline, holes }];
  });
}

/** The corner of the picture's plane under a place in the picture, kept inside and to a tenth of a pixel. */
export function cornerAt(at: { readonly x: number; readonly y: number }, picture: Size): Corner {
  const within = (value: number, end: number): number =>
    Math.round(Math.min(end, Math.max(0, value + 0.5)) * 10) / 10;
  return { unit: "corner", x: within(at.x, picture.width), y: within(at.y, picture.height) };
}
