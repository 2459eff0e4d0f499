import { expect, test } from "vitest";
import { cocoDocument } from "../formats/coco.ts";
import { boundingBox } from "../image/maskExtent.ts";
import type { Mask } from "../image/pixels.ts";
import type { Segmentation } from "../session/segmentation.ts";
import type { Segmenter } from "../session/segmenter.ts";
import { state } from "../session/session.ts";
import type { JobObject } from "./job.ts";
import { segmentObjects } from "./segmentObjects.ts";

const SIZE = { width: 8, height: 6 };

/** A segmenter that fills the boxes, adds the clicked pixels and keeps the mask it starts from. */
const filling: Segmenter = {
  ...SIZE,
  segment: async (session) => {
    const { prompts, start } = state(session);
    const data = start === undefined ? new Uint8Array(8 * 6) : Uint8Array.from(start.mask.data);
    for (const prompt of prompts.values()) {
      if (prompt.kind === "click")
        data[prompt.at.y * 8 + prompt.at.x] = prompt.says === "object" ? 1 : 0;
      if (prompt.kind !== "box") continue;
      for (let y = prompt.from.y; y <= prompt.to.y; y++) {
        data.fill(1, y * 8 + prompt.from.x, y * 8 + prompt.to.x + 1);
      }
    }
    return { ...SIZE, mask: { ...SIZE, data } } as unknown as Segmentation;
  },
};

const box: JobObject = { category: "cat", box: [1, 1, 3, 4] };
const point: JobObject = { category: "dog", points: [{ x: 2, y: 2, says: "object" }] };

test("an object's mask depends on nothing that is said of the others", async () => {
  const together = await segmentObjects(filling, [box, point]);
  const apart = [
    ...(await segmentObjects(filling, [box])),
    ...(await segmentObjects(filling, [point])),
  ];
  expect(together).toEqual(apart);
  expect(await segmentObjects(filling, [point, box])).toEqual([...apart].reverse());
});

test("a box that leads out of the picture is cut off at its edge; one outside is refused", async () => {
  const [mask] = await segmentObjects(filling, [{ category: "cat", box: [5, -3, 20, 2] }]);
  expect(boundingBox(mask)).toEqual({ left: 5, top: 0, width: 3, height: 3 });
  await expect(
    segmentObjects(filling, [point, { category: "cat", box: [8, 0, 9, 2] }]),
  ).rejects.toThrow(
    "object 2: expected a box that meets the picture of 8×6, got one from (8, 0) to (9, 2).",
  );
});

test("a mask is refined from where it is, and told when it is another picture's", async () => {
  const data = new Uint8Array(8 * 6).fill(1, 20, 30);
  const written = (mask: Mask) => {
    const [{ segmentation }] = cocoDocument(mask, {
      labels: ["background", "o"],
      picture: "",
    }).annotations;
    return {
      category: "cat",
      mask: segmentation,
      points: [{ x: 0, y: 0, says: "object" as const }],
    };
  };
  const [refined] = await segmentObjects(filling, [written({ ...SIZE, data })]);
  expect([...refined.data]).toEqual([...data].map((value, at) => (at === 0 ? 1 : value)));
  await expect(segmentObjects(filling, [written({ width: 6, height: 8, data })])).rejects.toThrow(
    "object 1: segmentation.size: expected [6, 8], as the picture has it, got [8,6].",
  );
});
