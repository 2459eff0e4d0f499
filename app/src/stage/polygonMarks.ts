/** Polygons as they are edited: lines with a vertex at every corner, and the ring that is being drawn. */

import type { Corner, Outline } from "maskwise";
import { cornerOnStage, type Grip, gripUnder, ringsOf } from "../tools/polygon/rings.ts";
import type { ToolName } from "../tools/table.ts";
import type { RingDrawn } from "../tools/tool.ts";
import type { Frame, Point } from "./frame.ts";
import type { Sight } from "./patch.ts";
import type { Pointing } from "./pointing.ts";

/** Half the side of a vertex, in CSS pixels. */
const HALF = 3.5;

/** Of more vertices than this in sight only lines are drawn: they would be one smear. */
const MANY = 4000;

/** What the polygon tool shows. */
export interface PolygonMarks {
  readonly outlines: readonly Outline[];
  /** What is under the pointer. */
  readonly grip: Grip | undefined;
  readonly ring: RingDrawn | undefined;
}

/** What the tool in hand makes of the polygons of an object, or what a press would take hold of. */
export function polygonMarks(
  tool: ToolName,
  { pointer, state }: Pick<Pointing, "pointer" | "state">,
  frame: Frame,
  polygon: readonly Outline[],
): PolygonMarks | undefined {
  if (tool !== "polygon") return undefined;
  const outlines = state.polygon ?? polygon;
  const isIdle = state.polygon === undefined && state.ring === undefined;
  const grip = isIdle && pointer ? gripUnder(outlines, frame, pointer.on) : undefined;
  return { outlines, grip, ring: state.ring };
}

export function drawPolygon(
  pen: CanvasRenderingContext2D,
  { outlines, grip, ring: drawn }: PolygonMarks,
  colour: string,
  { frame, stage }: Pick<Sight, "frame" | "stage">,
): void {
  const path = new Path2D();
  const vertices: Point[] = [];
  for (const { ring, piece, hole } of ringsOf(outlines)) {
    ring.forEach((corner, index) => {
      const at = cornerOnStage(frame, corner);
      if (index === 0) path.moveTo(at.x, at.y);
      else path.lineTo(at.x, at.y);
      const isInSight =
        at.x >= -HALF && at.y >= -HALF && at.x <= stage.width && at.y <= stage.height;
      if (isInSight) vertices.push(at);
      if (grip?.piece !== piece || grip.hole !== hole || grip.index !== index) return;
      drawGrip(pen, frame, ring, grip, colour);
    });
    path.closePath();
  }
  drawLines(pen, path, colour);
  if (vertices.length <= MANY) for (const at of vertices) drawVertex(pen, at, HALF, colour);
  if (drawn) drawRing(pen, drawn, frame, colour);
}

/** What a press would take hold of: a vertex, drawn larger, or the middle of an edge, where one would be made. */
function drawGrip(
  pen: CanvasRenderingContext2D,
  frame: Frame,
  ring: readonly Corner[],
  { kind, index }: Grip,
  colour: string,
): void {
  const [from, to] = [ring[index], ring[(index + 1) % ring.length]];
  if (!from || !to) return;
  const at = cornerOnStage(frame, from);
  if (kind === "vertex") drawVertex(pen, at, HALF + 3, colour);
  else {
    const next = cornerOnStage(frame, to);
    pen.beginPath();
    pen.moveTo(at.x, at.y);
    pen.lineTo(next.x, next.y);
    pen.lineWidth = 6;
    pen.strokeStyle = "rgb(255 255 255 / 0.7)";
    pen.stroke();
  }
}

/** The ring that is being drawn, with a line to where the next vertex would be. */
function drawRing(
  pen: CanvasRenderingContext2D,
  { corners, next, isCut }: RingDrawn,
  frame: Frame,
  colour: string,
): void {
  const path = new Path2D();
  const places = corners.map((corner) => cornerOnStage(frame, corner));
  places.forEach(({ x, y }, i) => {
    if (i === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  });
  const end = cornerOnStage(frame, next);
  path.lineTo(end.x, end.y);
  if (isCut) pen.setLineDash([6, 5]);
  drawLines(pen, path, colour);
  pen.setLineDash([]);
  places.forEach((at, i) => {
    drawVertex(pen, at, i === 0 ? HALF + 2 : HALF, colour);
  });
}

function drawLines(pen: CanvasRenderingContext2D, path: Path2D, colour: string): void {
  pen.lineJoin = "round";
  for (const [style, width] of [
    ["rgb(0 0 0 / 0.55)", 3.5],
    [colour, 1.75],
  ] as const) {
    pen.strokeStyle = style;
    pen.lineWidth = width;
    pen.stroke(path);
  }
}

function drawVertex(
  pen: CanvasRenderingContext2D,
  { x, y }: Point,
  half: number,
  colour: string,
): void {
  pen.fillStyle = "#fff";
  pen.strokeStyle = "rgb(0 0 0 / 0.6)";
  pen.lineWidth = 1;
  pen.fillRect(x - half, y - half, 2 * half, 2 * half);
  pen.strokeRect(x - half - 0.5, y - half - 0.5, 2 * half + 1, 2 * half + 1);
  pen.fillStyle = colour;
  pen.fillRect(x - half + 1.5, y - half + 1.5, 2 * half - 3, 2 * half - 3);
}
