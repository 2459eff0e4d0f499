/** The overlays of one mask, made when first drawn and again only when they no longer suffice. */

import type { RemoteSegmentation } from "maskwise";
import type { Look } from "../state/state.ts";
import { outlines } from "./outlines.ts";
import { paintMask, paintUncertainty } from "./paint.ts";
import { type Patch, patchFor, type Sight, suffices } from "./patch.ts";

/** What overlays are made from; a new value makes new ones. */
export interface Overlaid {
  readonly segmentation: RemoteSegmentation;
  /** By label index; the background has none. */
  readonly colours: readonly (string | undefined)[];
}

interface Made {
  readonly of: Overlaid;
  readonly patch: Patch;
  mask?: OffscreenCanvas;
  uncertainty?: OffscreenCanvas;
  outlines?: ReadonlyMap<number, Path2D>;
}

export class Overlays {
  #made: Made | undefined;

  /** Draw the overlays; the pen's unit is a picture pixel. */
  draw(pen: CanvasRenderingContext2D, of: Overlaid, look: Look, sight: Sight): void {
    const made = this.#madeFor(of, sight);
    const { segmentation, colours } = of;
    const { patch } = made;
    pen.imageSmoothingEnabled = sight.frame.scale * sight.density < 1;
    if (look.uncertainty) {
      made.uncertainty ??= canvasOf(paintUncertainty(segmentation.uncertainty, patch));
      drawPatch(pen, made.uncertainty, patch);
    } else if (look.opacity > 0) {
      made.mask ??= canvasOf(paintMask(segmentation.mask, patch, colours));
      pen.globalAlpha = look.opacity;
      drawPatch(pen, made.mask, patch);
      pen.globalAlpha = 1;
    }
    if (look.outline) {
      made.outlines ??= outlines(segmentation.mask, patch);
      drawOutlines(pen, made.outlines, colours, sight);
    }
  }

  #madeFor(of: Overlaid, sight: Sight): Made {
    const before = this.#made;
    if (before && isSame(before.of, of) && suffices(before.patch, sight)) return before;
    this.#made = { of, patch: patchFor(sight) };
    return this.#made;
  }
}

function isSame(one: Overlaid, other: Overlaid): boolean {
  return (
    one.segmentation === other.segmentation && one.colours.join(",") === other.colours.join(",")
  );
}

function canvasOf(image: ImageData): OffscreenCanvas {
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  return canvas;
}

function drawPatch(pen: CanvasRenderingContext2D, canvas: OffscreenCanvas, patch: Patch): void {
  const { x, y, columns, rows, step } = patch;
  pen.drawImage(canvas, x, y, columns * step, rows * step);
}

/** Widths of the outline and of the dark line under it, in CSS pixels. */
const LINE = 1.75;
const SHADOW = 3.5;

function drawOutlines(
  pen: CanvasRenderingContext2D,
  paths: ReadonlyMap<number, Path2D>,
  colours: readonly (string | undefined)[],
  { frame }: Sight,
): void {
  pen.lineCap = "round";
  for (const [label, path] of paths) {
    const colour = colours[label];
    if (colour === undefined) continue;
    pen.lineWidth = SHADOW / frame.scale;
    pen.strokeStyle = "rgb(0 0 0 / 0.4)";
    pen.stroke(path);
    pen.lineWidth = LINE / frame.scale;
    pen.strokeStyle = colour;
    pen.stroke(path);
  }
}
