import { expect, test } from "vitest";
import { type Click, OBJECT } from "../../clicks/prompts.ts";
import { type Picture, pixel } from "../../image/pixels.ts";
import { interpreterDevice } from "../../runtime/interpreterDevice.ts";
import { grabCutModel, type OpenCv } from "./grabCut.ts";

const context = { run: interpreterDevice().run };
const SIZE = { width: 300, height: 30 };
const PICTURE: Picture = { ...SIZE, data: new Uint8Array(3 * SIZE.width * SIZE.height) };

/** A stand-in for OpenCV that keeps what it is given and decides nothing. */
function recorder() {
  const cuts: { readonly mask: readonly number[]; readonly iterations: number }[] = [];
  let living = 0;
  const bytes = new Map([
    ["mask", 1],
    ["picture", 3],
    ["mixture", 8],
  ]);
  const kinds = [...bytes.keys()];
  const cv: OpenCv = {
    Mat: class {
      readonly data: Uint8Array;
      constructor(rows: number, columns: number, type: number) {
        this.data = new Uint8Array(rows * columns * (bytes.get(kinds[type]) ?? 0));
        living++;
      }
      delete() {
        living--;
      }
    },
    Rect: class {},
    CV_8UC1: 0,
    CV_8UC3: 1,
    CV_64FC1: 2,
    GC_INIT_WITH_MASK: 1,
    setRNGSeed: () => {},
    grabCut: (_, mask, __, ___, ____, iterations) => {
      cuts.push({ mask: [...mask.data], iterations });
    },
  };
  return { cv, cuts, living: () => living };
}

const click = (x: number, y: number, says = OBJECT): Click => ({
  kind: "click",
  at: pixel(x, y),
  says,
});

async function object(cv: OpenCv, ...prompts: readonly Click[]): Promise<Float32Array> {
  const encoding = await grabCutModel(cv).encode(PICTURE, context);
  const belief = await encoding.answer({ labels: ["background", OBJECT], prompts }, context);
  return belief.rows(0, SIZE.height).subarray(SIZE.width * SIZE.height);
}

test("sure within 5 pixels of a click, perhaps an object within a tenth of the longer side", async () => {
  const { cv, cuts } = recorder();
  await object(cv, click(100, 15), click(120, 15, "background"));
  const [{ mask, iterations }] = cuts;
  const row = mask.slice(15 * SIZE.width, 16 * SIZE.width);
  const at = (x: number) => row[x];
  expect([at(69), at(70), at(94), at(95), at(105), at(106)]).toEqual([2, 3, 3, 1, 1, 3]);
  expect([at(114), at(115), at(125), at(126), at(130), at(131)]).toEqual([3, 0, 0, 3, 3, 2]);
  expect(iterations).toBe(3);
});

test("where nothing is said of one side, nothing is cut, and what is sure stays", async () => {
  const { cv, cuts } = recorder();
  const found = await object(cv, click(100, 15, "background"));
  expect(cuts).toEqual([]);
  expect(found.every((value) => value === 0)).toBe(true);
});

test("all memory is given back, also where OpenCV fails", async () => {
  const { cv, living } = recorder();
  await object(cv, click(100, 15));
  expect(living()).toBe(0);
  const failing = { ...cv, grabCut: () => expect.unreachable() };
  await expect(object(failing, click(100, 15))).rejects.toThrow();
  expect(living()).toBe(0);
});

test("more than clicks is refused", async () => {
  const { cv } = recorder();
  const encoding = await grabCutModel(cv).encode(PICTURE, context);
  const labels = ["background", "cat", "dog"];
  await expect(encoding.answer({ labels, prompts: [] }, context)).rejects.toThrow(/one object/);
});
