/** A mask as an SVG drawing: one path per label along the edges of its pixels, holes left open. */

import { outlines, type Ring } from "../image/outlines.ts";
import type { Mask } from "../image/pixels.ts";
import { escapedXml } from "./annotations/xml.ts";
import { type Colour, drawingColour } from "./labelColours.ts";
import { checkMask, type MaskAbout } from "./namedMask.ts";

/**
 * Write the labels, but for the background, as paths in pixels of the picture; (0, 0) is the corner
 * of the top left pixel. A label without pixels has a path that draws nothing.
 */
export function writeSvg(mask: Mask, { labels, picture }: MaskAbout): Uint8Array {
  checkMask("writeSvg", mask, labels);
  const { width, height } = mask;
  const paths = labels.slice(1).map((name, index) => path(mask, index + 1, name));
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<title>${escapedXml(picture)}</title>`,
    ...paths,
    "</svg>",
    "",
  ].join("\n");
  return new TextEncoder().encode(svg);
}

function path(mask: Mask, label: number, name: string): string {
  const rings = outlines(mask, label).flatMap(({ outer, holes }) => [outer, ...holes]);
  const d = rings.map(closed).join("");
  return `<path id="label-${label}" fill="${hex(drawingColour(label))}" fill-rule="evenodd" d="${d}"><title>${escapedXml(name)}</title></path>`;
}

/** Every edge of an outline runs along a row or a column, so one number per corner is enough. */
function closed([first, ...others]: Ring): string {
  let before = first;
  const lines = others.map((corner) => {
    const line = corner.y === before.y ? `H${corner.x}` : `V${corner.y}`;
    before = corner;
    return line;
  });
  return `M${first.x} ${first.y}${lines.join("")}Z`;
}

function hex(colour: Colour): string {
  return `#${colour.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
