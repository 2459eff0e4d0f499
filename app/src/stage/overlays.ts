/** What lies over the photo, for what is in sight of it. */

import type { RemoteSegmentation } from "maskwise";
import type { Look } from "../state/look.ts";
import { paintOutlines } from "./outlines.ts";
import { colourTable, paintMask, paintUncertainty, paintUnsure } from "./paint.ts";
import { type Patch, patchFor, type Sight } from "./patch.ts";

/** What overlays are made from. */
export interface Overlaid {
  readonly segmentation: RemoteSegmentation;
  /** By label index; the background has none. */
  readonly colours: readonly (string | undefined)[];
  /** Pixels at least this undecided are nobody's. */
  readonly unsureFrom: number | undefined;
}

export class Overlays {
  /** What is painted pixel by pixel gets onto the stage by way of this canvas. */
  #scratch: OffscreenCanvas | undefined;

  /** Draw the overlays in sight; the pen's unit is a picture pixel. */
  draw(
    pen: OffscreenCanvasRenderingContext2D,
    { segmentation, colours, unsureFrom }: Overlaid,
    look: Look,
    sight: Sight,
  ): void {
    const patch = patchFor(sight);
    if (!patch) return;
    const table = colourTable(colours);
    pen.imageSmoothingEnabled = sight.frame.scale * sight.density < 1;
    if (look.uncertainty) {
      this.#drawPatch(pen, paintUncertainty(segmentation.uncertainty, patch), patch);
    } else if (look.opacity > 0) {
      pen.globalAlpha = look.opacity;
      this.#drawPatch(pen, paintMask(segmentation.mask, patch, table), patch);
      pen.globalAlpha = 1;
    }
    if (unsureFrom !== undefined) {
      this.#drawPatch(pen, paintUnsure(segmentation.uncertainty, patch, unsureFrom), patch);
    }
    if (look.outline) {
      const { width, height } = pen.canvas;
      const image = new ImageData(width, height);
      const on = { width, height, pixels: new Uint32Array(image.data.buffer) };
      paintOutlines(segmentation.mask, table, sight, on);
      const before = pen.getTransform();
      pen.resetTransform();
      pen.drawImage(this.#canvasOf(image), 0, 0, width, height, 0, 0, width, height);
      pen.setTransform(before);
    }
  }

  #drawPatch(pen: OffscreenCanvasRenderingContext2D, image: ImageData, patch: Patch): void {
    const { x, y, columns, rows, step } = patch;
    const canvas = this.#canvasOf(image);
    pen.drawImage(canvas, 0, 0, columns, rows, x, y, columns * step, rows * step);
  }

  /** A canvas that has an image in its top left corner, until the next one is asked for. */
  #canvasOf(image: ImageData): OffscreenCanvas {
    const { width = 0, height = 0 } = this.#scratch ?? {};
    if (!this.#scratch || width < image.width || height < image.height) {
      const side = (own: number, needed: number): number => Math.max(own, needed);
      this.#scratch = new OffscreenCanvas(side(width, image.width), side(height, image.height));
    }
    this.#scratch.getContext("2d")?.putImageData(image, 0, 0);
    return this.#scratch;
  }
}
