/** Brightness, contrast and channel of what is drawn of a photo. */

import { type Channel, isPlain, type Look } from "../state/look.ts";

/** Rec. 709, as luminance is weighed: how bright red, green and blue are. */
const WEIGHTS: Readonly<Record<Exclude<Channel, "colour">, readonly [number, number, number]>> = {
  grey: [0.2126, 0.7152, 0.0722],
  red: [1, 0, 0],
  green: [0, 1, 0],
  blue: [0, 0, 1],
};

const MIDDLE = 127.5;

/** At full contrast differences are so many times as large. */
const MOST_CONTRAST = 8;

/** Change pixels in place: red, green, blue, alpha, a byte each. */
export function adjust(pixels: Uint8ClampedArray, look: Look): void {
  if (isPlain(look)) return;
  const { channel } = look;
  if (channel !== "colour") toGrey(pixels, WEIGHTS[channel]);
  const tones = tonesFor(look);
  for (let i = 0; i < pixels.length; i += 4) {
    pixels[i] = tones[pixels[i] ?? 0] ?? 0;
    pixels[i + 1] = tones[pixels[i + 1] ?? 0] ?? 0;
    pixels[i + 2] = tones[pixels[i + 2] ?? 0] ?? 0;
  }
}

function toGrey(pixels: Uint8ClampedArray, [red, green, blue]: readonly [number, number, number]) {
  for (let i = 0; i < pixels.length; i += 4) {
    const grey =
      red * (pixels[i] ?? 0) + green * (pixels[i + 1] ?? 0) + blue * (pixels[i + 2] ?? 0);
    pixels.fill(Math.round(grey), i, i + 3);
  }
}

/** What each of 256 tones becomes: contrast around the middle, then brightness. */
function tonesFor({ brightness, contrast }: Look): Uint8ClampedArray {
  const gain = contrast < 0 ? 1 + contrast : MOST_CONTRAST ** contrast;
  return Uint8ClampedArray.from({ length: 256 }, (_, tone) =>
    Math.round((tone - MIDDLE) * gain + MIDDLE + 255 * brightness),
  );
}
