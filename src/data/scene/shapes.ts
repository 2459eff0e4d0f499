/**
 * Shapes as signed distances: negative inside, in the unit of the place.
 *
 * @see Quilez, "2D distance functions", for the polygon and the vesica.
 */

/** The signed distance of a place to the rim of a shape. */
export type Distance = (x: number, y: number) => number;

/** Of the way from the origin to (x, y); `Math.hypot` guards against overflow, and costs ten times as much. */
export function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

export function circle(radius: number): Distance {
  return (x, y) => length(x, y) - radius;
}

/** A circle whose radius changes with the angle, −π to π; exact on the rim, near enough beside it. */
export function wobblyCircle(radius: (angle: number) => number): Distance {
  const step = 0.01;
  return (x, y) => {
    const angle = Math.atan2(y, x);
    const here = radius(angle);
    const slope = (radius(angle + step) - radius(angle - step)) / (2 * step * here);
    return (length(x, y) - here) / Math.sqrt(1 + slope * slope);
  };
}

export function ring(radius: number, thickness: number): Distance {
  return (x, y) => Math.abs(length(x, y) - radius) - thickness;
}

/** The part that two circles share, pointed at both ends, along y. */
export function lens(reach: number, width: number): Distance {
  // Circles of this radius, `offset` left and right of the middle, meet at (0, ±reach).
  const offset = (reach * reach - width * width) / (2 * width);
  const radius = offset + width;
  return (x, y) => {
    const [u, v] = [Math.abs(x), Math.abs(y)];
    if ((v - reach) * offset > u * reach) return length(u, v - reach);
    return length(u + offset, v) - radius;
  };
}

/** A polygon, its corners in order, with corners rounded by a radius that is added all around. */
export function polygon(corners: readonly (readonly [number, number])[], round = 0): Distance {
  return (x, y) => {
    let nearest = Number.POSITIVE_INFINITY;
    let inside = false;
    corners.forEach(([ax, ay], i) => {
      const [bx, by] = corners[(i + 1) % corners.length];
      const [dx, dy] = [bx - ax, by - ay];
      const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy);
      const t = Math.min(1, Math.max(0, along));
      nearest = Math.min(nearest, length(x - ax - t * dx, y - ay - t * dy));
      if (ay > y !== by > y && x < ax + ((y - ay) / dy) * dx) inside = !inside;
    });
    return (inside ? -nearest : nearest) - round;
  };
}

/** Corners of a regular polygon or, with an inner radius, of a star. */
export function corners(
  count: number,
  radius: number,
  inner?: number,
): readonly (readonly [number, number])[] {
  const steps = inner === undefined ? count : 2 * count;
  return Array.from({ length: steps }, (_, i) => {
    const r = inner !== undefined && i % 2 === 1 ? inner : radius;
    const angle = (2 * Math.PI * i) / steps - Math.PI / 2;
    return [r * Math.cos(angle), r * Math.sin(angle)] as const;
  });
}

/** What is in the first shape and not in the second. */
export function without(shape: Distance, hole: Distance): Distance {
  return (x, y) => Math.max(shape(x, y), -hole(x, y));
}
