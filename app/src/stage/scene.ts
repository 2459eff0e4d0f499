/** What tiles are made of: the photo as one wants to see it, what lies over it, and its pixels' grid. */

import { drawShown, type Shown } from "../files/shown.ts";
import { isPlain, type Look } from "../state/look.ts";
import { adjust } from "./adjust.ts";
import { type Overlaid, Overlays } from "./overlays.ts";
import type { Sight } from "./patch.ts";
import type { TileArtist } from "./tiles.ts";

export interface Scene {
  readonly shown: Shown;
  readonly overlaid: Overlaid | undefined;
  readonly look: Look;
}

/** Lines between pixels are drawn from this size of a pixel on, in CSS pixels. */
const GRID_FROM = 10;

export function sceneArtist(): TileArtist<Scene> {
  const overlays = new Overlays();
  return {
    isSame: (one, other) =>
      one.shown === other.shown &&
      one.look === other.look &&
      one.overlaid?.segmentation === other.overlaid?.segmentation &&
      one.overlaid?.unsureFrom === other.overlaid?.unsureFrom &&
      one.overlaid?.colours.join() === other.overlaid?.colours.join(),
    draw: (pen, { shown, overlaid, look }, sight) => {
      useUnits(pen, sight);
      drawShown(pen, shown, sight, sight.frame.scale * sight.density);
      if (!isPlain(look)) {
        const image = pen.getImageData(0, 0, pen.canvas.width, pen.canvas.height);
        adjust(image.data, look);
        pen.putImageData(image, 0, 0);
      }
      pen.save();
      pen.beginPath();
      pen.rect(0, 0, shown.width, shown.height);
      pen.clip();
      if (overlaid) overlays.draw(pen, overlaid, look, sight);
      pen.restore();
      if (look.grid && sight.frame.scale >= GRID_FROM) drawGrid(pen, sight);
    },
    sketch: (pen, { shown, look }, sight) => {
      // Other colours for a moment would be worse than none.
      if (!isPlain(look)) return;
      useUnits(pen, sight);
      const scale = sight.frame.scale * sight.density;
      drawShown(pen, shown, sight, shown.reduced ? Math.min(scale, 1e-3) : scale);
    },
    now: () => performance.now(),
  };
}

/** From now on the pen's unit is a picture pixel. */
function useUnits(
  pen: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  { frame, density }: Sight,
): void {
  const unit = density * frame.scale;
  pen.setTransform(unit, 0, 0, unit, Math.round(density * frame.x), Math.round(density * frame.y));
}

/** A dark and a light line beside each other, so that one of them is seen on anything. */
const GRID_COLOURS = ["rgb(0 0 0 / 0.28)", "rgb(255 255 255 / 0.28)"];

function drawGrid(pen: OffscreenCanvasRenderingContext2D, sight: Sight): void {
  const { frame, picture, density } = sight;
  const { width, height } = pen.canvas;
  const unit = frame.scale * density;
  const [x, y] = [frame.x * density, frame.y * density];
  pen.resetTransform();
  GRID_COLOURS.forEach((colour, i) => {
    pen.fillStyle = colour;
    const bottom = Math.min(height, y + picture.height * unit);
    const right = Math.min(width, x + picture.width * unit);
    for (let column = Math.max(1, Math.ceil(-x / unit)); column < picture.width; column++) {
      const at = Math.round(x + column * unit) - 1 + i;
      if (at >= width) break;
      pen.fillRect(at, Math.max(0, y), 1, bottom - Math.max(0, y));
    }
    for (let row = Math.max(1, Math.ceil(-y / unit)); row < picture.height; row++) {
      const at = Math.round(y + row * unit) - 1 + i;
      if (at >= height) break;
      pen.fillRect(Math.max(0, x), at, right - Math.max(0, x), 1);
    }
  });
}
