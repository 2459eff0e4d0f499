import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { readCoco, readIndexedPng } from "../../src/formats/index.ts";
import { UNSURE } from "../../src/image/index.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { disc, grey, HEIGHT, type, WIDTH, writePhoto } from "./typed.ts";

const CLICKS = ["--object", "20,20", "--background", "50,35"];

test("a photo and two clicks give a mask of the photo's size beside it, with the clicks obeyed", async () => {
  const folder = temporaryFolder();
  const photo = await writePhoto(join(folder, "disc.png"));
  const { code, result, talk } = await type(["segment", photo, ...CLICKS]);
  expect(talk).toContain(`wrote ${join(folder, "disc.mask.png")}\n`);
  expect(code).toBe(0);
  expect(result).toHaveLength(0);
  expect(readdirSync(folder)).toEqual(["disc.mask.png", "disc.png"]);
  const mask = await grey(join(folder, "disc.mask.png"));
  expect([mask.width, mask.height]).toEqual([WIDTH, HEIGHT]);
  expect(mask.data[20 * WIDTH + 20]).toBe(255);
  expect(mask.data[35 * WIDTH + 50]).toBe(0);
  expect([...new Set(mask.data)].sort((a, b) => a - b)).toEqual([0, 255]);
});

test.each(["jpg", "webp", "tiff", "avif", "gif"])("a photo may be a .%s", async (ending) => {
  const photo = await writePhoto(join(temporaryFolder(), `disc.${ending}`));
  const out = photo.replace(ending, "out.png");
  expect((await type(["segment", photo, ...CLICKS, "-o", out])).code).toBe(0);
  expect(await grey(out)).toMatchObject({ width: WIDTH, height: HEIGHT });
});

test("clicks are in the upright photo's pixels, and so is the mask", async () => {
  const photo = join(temporaryFolder(), "turned.jpg");
  const out = `${photo}.png`;
  // Orientation 6: stored lying on its left side; upright it is 40 wide and 60 high.
  await sharp(disc(), { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toFile(photo);
  const words = ["segment", photo, "--object", "19,20", "--background", "4,50", "-o", out];
  expect((await type(words)).code).toBe(0);
  const mask = await grey(out);
  expect([mask.width, mask.height]).toEqual([HEIGHT, WIDTH]);
  expect(mask.data[20 * HEIGHT + 19]).toBe(255);
  expect(mask.data[50 * HEIGHT + 4]).toBe(0);
});

test("a photo of 24 megapixels gets a mask of 24 megapixels", async () => {
  const photo = join(temporaryFolder(), "large.jpg");
  const out = `${photo}.png`;
  await sharp(disc(), { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .resize(6000, 4000)
    .jpeg()
    .toFile(photo);
  const words = ["segment", photo, "--object", "2000,2000", "--background", "5000,3500"];
  expect((await type([...words, "-o", out])).code).toBe(0);
  expect(await sharp(out).metadata()).toMatchObject({ width: 6000, height: 4000 });
});

test("the output's ending chooses the format", async () => {
  const folder = temporaryFolder();
  const photo = await writePhoto(join(folder, "disc.png"));
  const write = async (name: string, ...words: string[]) => {
    expect(
      (await type(["segment", photo, ...CLICKS, "-o", join(folder, name), ...words])).talk,
    ).toContain(`wrote ${join(folder, name)}\n`);
    return readFileSync(join(folder, name));
  };
  expect((await sharp(await write("a.PNG")).metadata()).isPalette).toBe(false);
  expect(readCoco(await write("a.json")).labels).toEqual(["background", "object"]);
  expect((await write("a.svg")).toString()).toMatch(/^<svg .*\n<title>disc\.png<\/title>/);
  expect((await sharp(await write("b.png", "--format", "indexed-png")).metadata()).isPalette).toBe(
    true,
  );
  expect(readCoco(await write("mask.txt", "--format", "coco")).mask.width).toBe(WIDTH);
});

test("more labels than two give a PNG with a palette, each clicked pixel its own", async () => {
  const photo = await writePhoto(join(temporaryFolder(), "disc.png"));
  const labels = ["--label", "sun:20,20", "--label", "sea:50,35", "--label", "sky:50,3"];
  const { code } = await type(["segment", photo, ...labels, "--background", "2,2"]);
  expect(code).toBe(0);
  const { mask, labels: names } = readIndexedPng(readFileSync(photo.replace(".png", ".mask.png")));
  expect(names).toEqual(["background", "sun", "sea", "sky"]);
  const at = (x: number, y: number) => mask.data[y * WIDTH + x];
  expect([at(2, 2), at(20, 20), at(50, 35), at(50, 3)]).toEqual([0, 1, 2, 3]);
});

test("a box keeps the object inside", async () => {
  const photo = await writePhoto(join(temporaryFolder(), "disc.png"));
  const { code } = await type(["segment", photo, "--object", "20,20", "--box", "15,15,25,25"]);
  expect(code).toBe(0);
  const { data } = await grey(photo.replace(".png", ".mask.png"));
  const outside = data.filter((_, i) => i % WIDTH < 15 || i % WIDTH > 25 || i < 15 * WIDTH);
  expect(Math.max(...outside)).toBe(0);
});

test("a mask is taken up again from PNG and from COCO, with its labels", async () => {
  const folder = temporaryFolder();
  const photo = await writePhoto(join(folder, "disc.png"));
  for (const name of ["first.png", "first.json"]) {
    const first = join(folder, name);
    const labels = ["--label", "sun:20,20", "--background", "50,35"];
    expect((await type(["segment", photo, ...labels, "-o", first])).code).toBe(0);
    const again = ["segment", photo, "--from", first, "--background", "20,20", "--json"];
    const { code, result } = await type([...again, "-o", join(folder, "again.png")]);
    expect(code).toBe(0);
    expect(JSON.parse(result.toString()).labels).toMatchObject([{ name: "sun", value: 1 }]);
    const mask = await grey(join(folder, "again.png"));
    expect(mask.data[20 * WIDTH + 20]).toBe(0);
  }
});

test("overlay and uncertainty are pictures of the photo's size", async () => {
  const folder = temporaryFolder();
  const photo = await writePhoto(join(folder, "disc.png"));
  const more = ["--overlay", join(folder, "look.png"), "--uncertainty", join(folder, "unsure.png")];
  expect((await type(["segment", photo, ...CLICKS, ...more])).code).toBe(0);
  expect(readdirSync(folder)).toEqual(["disc.mask.png", "disc.png", "look.png", "unsure.png"]);
  const size = { width: WIDTH, height: HEIGHT };
  expect(await sharp(join(folder, "look.png")).metadata()).toMatchObject({ ...size, channels: 3 });
  const unsure = await grey(join(folder, "unsure.png"));
  expect(unsure).toMatchObject(size);
  // A clicked pixel is certain.
  expect(unsure.data[20 * WIDTH + 20]).toBe(0);
});

test("pixels that are too undecided are nobody's, but never those that were clicked", async () => {
  const folder = temporaryFolder();
  const photo = await writePhoto(join(folder, "disc.png"));
  const at = (name: string) => join(folder, name);
  const [plain, thirds] = [at("plain.png"), at("thirds.png")];
  const uncertainty = at("uncertainty.png");
  const one = ["segment", photo, "--object", "20,20"];
  expect((await type([...one, "--format", "indexed-png", "-o", plain])).code).toBe(0);
  const more = ["--unsure", "0.3", "--uncertainty", uncertainty, "--json"];
  const { code, result, talk } = await type([...one, ...more, "-o", thirds]);
  expect(code).toBe(0);
  const [before, after] = [plain, thirds].map((path) => readIndexedPng(readFileSync(path)).mask);
  const { data: undecided } = await grey(uncertainty);
  const area = after.data.filter((label) => label === UNSURE).length;
  expect(area).toBeGreaterThan(0);
  expect(JSON.parse(result.toString()).unsure).toEqual({
    from: 0.3,
    value: UNSURE,
    area,
    share: area / (WIDTH * HEIGHT),
  });
  expect(talk).toContain("unsure: ");
  after.data.forEach((label, pixel) => {
    if (label === UNSURE) expect(undecided[pixel]).toBeGreaterThanOrEqual(Math.floor(0.3 * 255));
    else expect(label).toBe(before.data[pixel]);
  });
  expect(after.data[20 * WIDTH + 20]).toBe(1);
  // To start from it leaves them to the model.
  expect((await type([...one, "--from", thirds, "-o", at("again.png")])).code).toBe(0);
  expect([...new Set((await grey(at("again.png"))).data)].sort()).toEqual([0, 255]);
});

test("--output - gives the mask on standard output and nothing else there", async () => {
  const folder = temporaryFolder();
  const photo = await writePhoto(join(folder, "disc.png"));
  const { code, result } = await type(["segment", photo, ...CLICKS, "-o", "-"]);
  expect(code).toBe(0);
  expect(await grey(result)).toMatchObject({ width: WIDTH, height: HEIGHT });
  expect(readdirSync(folder)).toEqual(["disc.png"]);
});

test("--json tells programs what was found, where it lies and how long it took", async () => {
  const folder = temporaryFolder();
  const photo = await writePhoto(join(folder, "disc.png"));
  const words = ["segment", photo, ...CLICKS, "--overlay", join(folder, "look.png"), "--json"];
  const summary = JSON.parse((await type(words)).result.toString());
  const mask = await grey(join(folder, "disc.mask.png"));
  const area = mask.data.filter((value) => value === 255).length;
  const time = expect.any(Number);
  expect(summary).toEqual({
    version: JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"))
      .version,
    photo,
    width: WIDTH,
    height: HEIGHT,
    model: "small",
    device: "ONNX Runtime (cpu, float32)",
    labels: [
      {
        name: "object",
        value: 1,
        area,
        share: area / (WIDTH * HEIGHT),
        bbox: Array(4).fill(expect.any(Number)),
      },
    ],
    outputs: {
      mask: { path: join(folder, "disc.mask.png"), format: "png" },
      overlay: { path: join(folder, "look.png"), format: "png" },
    },
    milliseconds: { read: time, encode: time, segment: time, write: time, total: time },
  });
});

test("a mask that was there is replaced, and may be the one started from", async () => {
  const folder = temporaryFolder();
  const photo = await writePhoto(join(folder, "disc.png"));
  const mask = join(folder, "disc.mask.png");
  expect((await type(["segment", photo, ...CLICKS])).code).toBe(0);
  const before = readFileSync(mask);
  expect((await type(["segment", photo, "--from", mask, "--background", "20,20"])).code).toBe(0);
  expect(readFileSync(mask).equals(before)).toBe(false);
});

test("progress comes on standard error, for work of more than a second", async () => {
  const photo = await writePhoto(join(temporaryFolder(), "disc.png"));
  let time = 0;
  const slow = { now: () => (time += 700), columns: 80 };
  const { code, result, talk } = await type(["segment", photo, ...CLICKS], slow);
  expect(code).toBe(0);
  expect(result).toHaveLength(0);
  expect(talk).toContain("\r\u001b[2KSegmenting");
  expect(talk.split("\u001b[2K").at(-1)).toMatch(/^object: /);
});

test("the examples of --help run as they stand", async () => {
  const { code, result } = await type(["segment", "--help"]);
  expect(code).toBe(0);
  const examples = [...result.toString().matchAll(/^ {2}\$ maskwise (segment .*)$/gm)];
  expect(examples.length).toBeGreaterThanOrEqual(3);
  expect(
    result
      .toString()
      .trimEnd()
      .endsWith(examples.at(-1)?.[0] ?? "no example"),
  ).toBe(true);
  const folder = temporaryFolder();
  mkdirSync(join(folder, "photos"));
  for (const name of ["cat.jpg", "street.jpg"]) {
    await sharp(disc(), { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
      .resize(640, 480)
      .toFile(join(folder, name));
  }
  for (const [, example] of examples) {
    // As a shell takes them apart.
    const words = [...example.matchAll(/"([^"]*)"|\S+/g)]
      .map(([word, quoted]) => quoted ?? word)
      .map((word) => (/\.(jpg|png|svg|json)$/.test(word) ? join(folder, word) : word));
    const { code, talk } = await type(words);
    expect(talk, example).toContain("wrote ");
    expect(code, example).toBe(0);
  }
});

test("another device gives the same mask, and is told", async () => {
  const photo = await writePhoto(join(temporaryFolder(), "disc.png"));
  const segmentOn = async (device: string) => {
    const out = photo.replace("disc", device);
    const { result } = await type([
      ...["segment", photo, ...CLICKS, "--model", "colour", "--device", device],
      ...["-o", out, "--json"],
    ]);
    return { mask: await grey(out), device: JSON.parse(result.toString()).device };
  };
  const [here, there] = [await segmentOn("interpreter"), await segmentOn("wasm")];
  // A bright disc on a dark ground: no pixel is so undecided that roundings decide.
  expect(there.mask).toEqual(here.mask);
  expect(there.device).toBe("ONNX Runtime (wasm, float32)");
});

test("the same words give the same mask", async () => {
  const folder = temporaryFolder();
  const photo = await writePhoto(join(folder, "disc.png"));
  const masks: Buffer[] = [];
  for (const clicks of [CLICKS, [...CLICKS.slice(2), ...CLICKS.slice(0, 2)]]) {
    const out = join(folder, "out.png");
    writeFileSync(out, "");
    await type(["segment", photo, ...clicks, "-o", out]);
    masks.push(readFileSync(out));
  }
  expect(masks[1].equals(masks[0])).toBe(true);
});
