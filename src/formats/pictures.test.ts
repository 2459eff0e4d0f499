import sharp from "sharp";
import { expect, test } from "vitest";
import { writeGreyPng } from "./greyPng.ts";
import { drawingColour } from "./labelColours.ts";
import { writeOverlayPng } from "./overlayPng.ts";

async function pixels(png: Uint8Array, colourspace: "srgb" | "b-w"): Promise<number[]> {
  return [...(await sharp(png).toColourspace(colourspace).raw().toBuffer())];
}

test("a plane is drawn from black to white, and what is beyond is cut off", async () => {
  const plane = { width: 5, height: 1, data: Float32Array.from([-1, 0, 0.5, 1, 7]) };
  expect(await pixels(writeGreyPng(plane), "b-w")).toEqual([0, 0, 128, 255, 255]);
  expect(await pixels(writeGreyPng(plane, { black: 1, white: -1 }), "b-w")).toEqual([
    255, 128, 64, 0, 0,
  ]);
});

test("a plane with a hole in its numbers is refused", () => {
  const plane = { width: 2, height: 2, data: Float32Array.from([0, 0, Number.NaN, 0]) };
  expect(() => writeGreyPng(plane)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: writeGreyPng: expected numbers, got NaN at (0, 1).]`,
  );
  expect(() => writeGreyPng(plane, { black: 1, white: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: writeGreyPng: expected black ≠ white, got 1 and 1.]`,
  );
});

const GREY = { width: 7, height: 7, data: new Uint8Array(7 * 7 * 3).fill(100) };

/** A 5×5 square of one label in the middle of 7×7. */
function square(label: number) {
  const data = Uint8Array.from({ length: 49 }, (_, i) => {
    const [x, y] = [i % 7, Math.floor(i / 7)];
    return x > 0 && x < 6 && y > 0 && y < 6 ? label : 0;
  });
  return { width: 7, height: 7, data };
}

test("an overlay leaves the background, outlines the label and tints its inside", async () => {
  const drawn = await pixels(
    writeOverlayPng(GREY, square(1), { opacity: 0.5, outline: 1 }),
    "srgb",
  );
  const at = (x: number, y: number) => drawn.slice((y * 7 + x) * 3, (y * 7 + x) * 3 + 3);
  const colour = drawingColour(1);
  expect(at(0, 0)).toEqual([100, 100, 100]);
  expect(at(1, 1)).toEqual([...colour]);
  expect(at(3, 1)).toEqual([...colour]);
  at(2, 2).forEach((value, channel) => {
    expect(value).toBeCloseTo((100 + colour[channel]) / 2, -0.4);
  });
});

test("without an outline and opacity a picture is as it was", async () => {
  const drawn = await pixels(writeOverlayPng(GREY, square(1), { opacity: 0, outline: 0 }), "srgb");
  expect(drawn).toEqual([...GREY.data]);
});

test("the border of the picture is no edge", async () => {
  const full = { ...square(1), data: new Uint8Array(49).fill(1) };
  const drawn = await pixels(writeOverlayPng(GREY, full, { opacity: 0 }), "srgb");
  expect(drawn).toEqual([...GREY.data]);
});

test("drawing colours differ for the first eight labels and repeat after", () => {
  const colours = Array.from({ length: 8 }, (_, i) => drawingColour(i + 1).join());
  expect(new Set(colours).size).toBe(8);
  expect(drawingColour(9)).toEqual(drawingColour(1));
  expect(drawingColour(255)).toHaveLength(3);
});

test("a mask of another size, or options out of range, are refused", () => {
  const small = { width: 1, height: 1, data: new Uint8Array(1) };
  expect(() => writeOverlayPng(GREY, small)).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: writeOverlayPng: expected a mask of 7×7, got 1×1.]`,
  );
  expect(() => writeOverlayPng(GREY, square(1), { opacity: 2 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: writeOverlayPng: expected opacity from 0 to 1 and outline ≥ 0, got 2 and 2.]`,
  );
});
