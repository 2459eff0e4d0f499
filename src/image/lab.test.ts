import { expect, test } from "vitest";
import { labPlanes } from "./lab.ts";
import { lightOfSrgb, srgbOfLight } from "./srgb.ts";

const lab = (red: number, green: number, blue: number) => {
  const { l, a, b } = labPlanes({ width: 1, height: 1, data: Uint8Array.of(red, green, blue) });
  return [l.data[0], a.data[0], b.data[0]];
};

// As published for sRGB under D65; the last digit depends on how far the matrix is written out.
test("the primaries are where the books have them", () => {
  const books: readonly (readonly [readonly [number, number, number], readonly number[]])[] = [
    [
      [255, 0, 0],
      [53.24, 80.09, 67.2],
    ],
    [
      [0, 255, 0],
      [87.73, -86.18, 83.18],
    ],
    [
      [0, 0, 255],
      [32.3, 79.19, -107.86],
    ],
    [
      [255, 255, 0],
      [97.14, -21.55, 94.48],
    ],
  ];
  for (const [colour, expected] of books) {
    lab(...colour).forEach((value, i) => {
      expect(Math.abs(value - expected[i])).toBeLessThan(0.03);
    });
  }
});

test("greys have no colour, from black at 0 to white at 100", () => {
  expect(lab(0, 0, 0)[0]).toBe(0);
  expect(lab(255, 255, 255)[0]).toBeCloseTo(100, 5);
  let before = -1;
  for (let grey = 0; grey < 256; grey++) {
    const [l, a, b] = lab(grey, grey, grey);
    expect(l).toBeGreaterThan(before);
    expect(Math.abs(a) + Math.abs(b)).toBeLessThan(1e-5);
    before = l;
  }
});

test("mid-grey paper, a fifth of the light, looks half as bright as white", () => {
  expect(lab(119, 119, 119)[0]).toBeCloseTo(50.03, 1);
  expect(lightOfSrgb(119 / 255)).toBeCloseTo(0.184, 3);
});

test("light and stored numbers go back and forth", () => {
  for (let byte = 0; byte < 256; byte++) {
    expect(255 * srgbOfLight(lightOfSrgb(byte / 255))).toBeCloseTo(byte, 4);
  }
  expect([lightOfSrgb(0), lightOfSrgb(1)]).toEqual([0, 1]);
  expect(lightOfSrgb(188 / 255)).toBeCloseTo(0.5029, 4);
});
