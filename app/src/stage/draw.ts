/** What lies over the photo and its mask: prompts, and what is being done. */

import type { PixelPoint, Prompt, Stroke } from "maskwise";
import { type Point, toStage } from "./frame.ts";
import { drawHandle, drawShape } from "./markers.ts";
import type { Sight } from "./patch.ts";
import { drawPolygon, type PolygonMarks } from "./polygonMarks.ts";

export interface Scenery {
  readonly prompts: ReadonlyMap<string, Prompt>;
  /** The prompt under the pointer. */
  readonly hovered: string | undefined;
  /** What would be said now. */
  readonly preview: Prompt | undefined;
  /** What was painted and is not in the mask yet. */
  readonly pending: readonly Stroke[];
  /** The polygons that can be taken hold of, what of them is under the pointer, and the ring being drawn. */
  readonly polygon: PolygonMarks | undefined;
  /** The colour of the label that is selected. */
  readonly labelColour: string;
  /** The brush: its middle on the stage, and its diameter in picture pixels. */
  readonly brush: { readonly at: Point; readonly width: number } | undefined;
  /** The pixel that the keyboard is at. */
  readonly keyboardAt: PixelPoint | undefined;
  colourOf(label: string): string;
}

/** Draw all that lies over the scene. */
export function draw(pen: CanvasRenderingContext2D, scenery: Scenery, sight: Sight): void {
  const { frame, density } = sight;
  pen.setTransform(density, 0, 0, density, 0, 0);
  const marking = { frame, colourOf: scenery.colourOf };
  for (const prompt of scenery.prompts.values()) drawShape(pen, prompt, marking);
  for (const stroke of scenery.pending) drawShape(pen, stroke, marking);
  if (scenery.preview) drawShape(pen, scenery.preview, marking);
  if (scenery.preview?.kind === "click") drawHandle(pen, scenery.preview, marking, false);
  for (const [id, prompt] of scenery.prompts) {
    drawHandle(pen, prompt, marking, id === scenery.hovered);
  }
  if (scenery.polygon) drawPolygon(pen, scenery.polygon, scenery.labelColour, sight);
  if (scenery.brush) drawBrush(pen, scenery.brush.at, scenery.brush.width * frame.scale);
  if (scenery.keyboardAt) drawCrosshair(pen, toStage(frame, scenery.keyboardAt));
}

function drawBrush(pen: CanvasRenderingContext2D, { x, y }: Point, diameter: number): void {
  for (const [colour, width] of [
    ["rgb(0 0 0 / 0.5)", 3],
    ["#fff", 1.25],
  ] as const) {
    pen.beginPath();
    pen.arc(x, y, Math.max(1.5, diameter / 2), 0, 2 * Math.PI);
    pen.lineWidth = width;
    pen.strokeStyle = colour;
    pen.stroke();
  }
}

function drawCrosshair(pen: CanvasRenderingContext2D, { x, y }: Point): void {
  for (const [colour, width] of [
    ["rgb(0 0 0 / 0.6)", 4],
    ["#fff", 2],
  ] as const) {
    pen.beginPath();
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      pen.moveTo(x + 4 * dx, y + 4 * dy);
      pen.lineTo(x + 14 * dx, y + 14 * dy);
    }
    pen.lineWidth = width;
    pen.strokeStyle = colour;
    pen.stroke();
  }
}
