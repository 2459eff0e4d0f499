/** Everything on the stage, drawn from scratch: photo, overlays, prompts, and what is being done. */

import type { PixelPoint, Prompt } from "maskwise";
import type { Shown } from "../files/decodePhoto.ts";
import type { Look } from "../state/state.ts";
import { type Point, toStage } from "./frame.ts";
import { drawHandle, drawShape } from "./markers.ts";
import type { Overlaid, Overlays } from "./overlays.ts";
import type { Sight } from "./patch.ts";

export interface Scenery {
  readonly shown: Shown;
  readonly overlaid: Overlaid | undefined;
  readonly look: Look;
  readonly prompts: ReadonlyMap<string, Prompt>;
  /** The prompt under the pointer. */
  readonly hovered: string | undefined;
  /** What would be said now. */
  readonly preview: Prompt | undefined;
  /** The brush: its middle on the stage, and its diameter in picture pixels. */
  readonly brush: { readonly at: Point; readonly width: number } | undefined;
  /** The pixel that the keyboard is at. */
  readonly keyboardAt: PixelPoint | undefined;
  colourOf(label: string): string;
}

/** From this scale on pixels are drawn as squares, so that one can be aimed at. */
const SHOW_PIXELS = 3;

export function draw(
  pen: CanvasRenderingContext2D,
  scenery: Scenery,
  overlays: Overlays,
  sight: Sight,
): void {
  const { frame, stage, density } = sight;
  pen.setTransform(density, 0, 0, density, 0, 0);
  pen.clearRect(0, 0, stage.width, stage.height);

  const unit = density * frame.scale;
  pen.setTransform(unit, 0, 0, unit, density * frame.x, density * frame.y);
  drawPhoto(pen, scenery.shown, sight);
  if (scenery.overlaid) {
    pen.save();
    pen.beginPath();
    pen.rect(0, 0, scenery.shown.width, scenery.shown.height);
    pen.clip();
    overlays.draw(pen, scenery.overlaid, scenery.look, sight);
    pen.restore();
  }

  pen.setTransform(density, 0, 0, density, 0, 0);
  const marking = { frame, colourOf: scenery.colourOf };
  for (const prompt of scenery.prompts.values()) drawShape(pen, prompt, marking);
  if (scenery.preview) drawShape(pen, scenery.preview, marking);
  for (const [id, prompt] of scenery.prompts) {
    drawHandle(pen, prompt, marking, id === scenery.hovered);
  }
  if (scenery.brush) drawBrush(pen, scenery.brush.at, scenery.brush.width * frame.scale);
  if (scenery.keyboardAt) drawCrosshair(pen, toStage(frame, scenery.keyboardAt));
}

function drawPhoto(pen: CanvasRenderingContext2D, shown: Shown, sight: Sight): void {
  const { width, height, full, reduced } = shown;
  const { frame, density, stage } = sight;
  const scale = frame.scale * density;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  pen.imageSmoothingEnabled = frame.scale < SHOW_PIXELS;
  pen.imageSmoothingQuality = scale < 1 ? "high" : "low";
  if (reduced && reduced.width >= width * scale) {
    pen.drawImage(reduced, 0, 0, width, height);
    return;
  }
  // Only what is in sight, and a pixel more for smoothing: the rest of a large photo costs time.
  const left = Math.max(0, Math.floor(-frame.x / frame.scale) - 1);
  const top = Math.max(0, Math.floor(-frame.y / frame.scale) - 1);
  const right = Math.min(width, Math.ceil((stage.width - frame.x) / frame.scale) + 1);
  const bottom = Math.min(height, Math.ceil((stage.height - frame.y) / frame.scale) + 1);
  if (right <= left || bottom <= top) return;
  pen.drawImage(full, left, top, right - left, bottom - top, left, top, right - left, bottom - top);
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
