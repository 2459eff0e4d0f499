import fc from "fast-check";
import sharp from "sharp";
import { expect, test } from "vitest";
import { drawingColour } from "./labelColours.ts";
import { writeSvg } from "./svg.ts";

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test("a ring and its hole are one path", () => {
  const data = Uint8Array.from([1, 1, 1, 1, 0, 1, 1, 1, 1]);
  const about = { labels: ["background", "ring"], picture: "ring.jpg" };
  expect(text(writeSvg({ width: 3, height: 3, data }, about))).toMatchInlineSnapshot(`
    "<svg xmlns="http://www.w3.org/2000/svg" width="3" height="3" viewBox="0 0 3 3">
    <title>ring.jpg</title>
    <path id="label-1" fill="#009eff" fill-rule="evenodd" d="M3 0V3H0V0ZM2 2V1H1V2Z"><title>ring</title></path>
    </svg>
    "
  `);
});

test("a browser's eye sees exactly the mask", async () => {
  const masks = fc
    .tuple(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 2, max: 12 }))
    .chain(([width, height]) =>
      fc
        .uint8Array({ minLength: width * height, maxLength: width * height, max: 3 })
        .map((data) => ({ width, height, data })),
    );
  await fc.assert(
    fc.asyncProperty(masks, async (mask) => {
      const labels = ["background", "a", "b", "c"];
      const drawn = await sharp(writeSvg(mask, { labels, picture: "p" }))
        .raw()
        .toBuffer();
      const colours = Array.from(mask.data, (_, i) => [...drawn.subarray(i * 4, i * 4 + 4)]);
      const expected = Array.from(mask.data, (label) =>
        label === 0 ? [0, 0, 0, 0] : [...drawingColour(label), 255],
      );
      expect(colours).toEqual(expected);
    }),
    { numRuns: 30 },
  );
});

test("names cannot break out of the drawing", async () => {
  const labels = ["background", '</title><script>alert("1")</script>&\u0000\ud800'];
  const mask = { width: 1, height: 1, data: Uint8Array.from([1]) };
  const bytes = writeSvg(mask, { labels, picture: "a & <b>.jpg" });
  expect(text(bytes)).not.toContain("<script");
  expect(text(bytes)).toContain("<title>a &amp; &lt;b&gt;.jpg</title>");
  expect((await sharp(bytes).metadata()).width).toBe(1);
});
