/** Red, green and blue, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/**
 * The colour of a label in PASCAL VOC's palette, which most tools show indexed masks with.
 *
 * The bits of the index are dealt out to red, green and blue in turn, the lowest bits to the
 * highest ones of the colour: 0 black, 1 dark red, 2 dark green, 3 dark yellow …
 *
 * @param label 0 to 255.
 * @see The VOC development kit, VOClabelcolormap.m.
 */
export function labelColour(label: number): Colour {
  const colour: [number, number, number] = [0, 0, 0];
  for (let bit = 0; bit < 8; bit++) {
    const shift = 7 - Math.floor(bit / 3);
    colour[bit % 3] |= ((label >> bit) & 1) << shift;
  }
  return colour;
}

/**
 * Colours to draw on photos with, for labels 1, 2, …: bright, far apart from each other, and told
 * apart by colour-blind eyes too.
 *
 * @see Okabe & Ito 2008, "Color Universal Design".
 */
const DRAWING: readonly Colour[] = [
  [0, 158, 255],
  [255, 140, 0],
  [0, 200, 130],
  [240, 228, 66],
  [230, 90, 180],
  [150, 110, 255],
  [213, 60, 30],
  [120, 220, 255],
];

/**
 * The colour a label is drawn with on a photo; after eight labels the colours repeat.
 *
 * @param label 1 to 255; the background is not drawn.
 */
export function drawingColour(label: number): Colour {
  return DRAWING[(label + DRAWING.length - 1) % DRAWING.length];
}
