import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writeMaskPng } from "../../src/formats/index.ts";
import { pngClaiming } from "../support/pngHeader.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { contents, type, writePhoto } from "./typed.ts";

/** A folder with everything that can be wrong about a file. */
async function folderOfTrouble(): Promise<string> {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  await writePhoto(at("disc.png"));
  await writePhoto(at("disc.jpg"));
  writeFileSync(at("truncated.png"), readFileSync(at("disc.png")).subarray(0, 120));
  writeFileSync(at("truncated.jpg"), readFileSync(at("disc.jpg")).subarray(0, 500));
  writeFileSync(at("bomb.png"), pngClaiming(60_000, 60_000));
  writeFileSync(at("empty.png"), "");
  writeFileSync(at("text.png"), "this is not a picture");
  mkdirSync(at("folder.png"));
  symlinkSync("circle.png", at("circle.png"));
  const labels = ["background", "object"];
  const small = { width: 2, height: 2, data: new Uint8Array(4) };
  writeFileSync(at("small.mask.png"), writeMaskPng(small, { labels }));
  return folder;
}

/**
 * Run with words of which those with `…/` are in a folder of trouble, and see that nothing there
 * has changed.
 *
 * @returns the exit code and what was said, in one line, with the folder as `…`.
 */
async function refused(...words: string[]): Promise<string> {
  const folder = await folderOfTrouble();
  const before = contents(folder);
  const { code, result, talk } = await type(words.map((word) => word.replace("…", folder)));
  expect(result).toHaveLength(0);
  expect(contents(folder)).toEqual(before);
  const lines = talk.replaceAll(folder, "…").trimEnd().split("\n");
  expect(lines).toHaveLength(1);
  return `${code} ${lines[0]}`;
}

/** Segment the good photo with one click on the object and something wrong. */
function withWrong(...words: string[]): Promise<string> {
  return refused("segment", "…/disc.png", "--object", "20,20", ...words);
}

test("a photo that cannot be read", async () => {
  const photo = (name: string) => refused("segment", `…/${name}`, "--object", "1,1");
  expect(await photo("text.png")).toMatchInlineSnapshot(
    `"1 error: readPicture: expected a JPEG, PNG, WebP, TIFF, GIF, AVIF or DICOM picture in text.png, got a file that begins with "this is not ". Open it in a picture program and save it as one of these."`,
  );
  expect(await photo("truncated.png")).toMatch(
    /^1 error: readPicture: expected a whole picture in truncated\.png, got a damaged or truncated one \(.+\)\. Copy it again from where it came\.$/,
  );
  expect(await photo("truncated.jpg")).toMatch(/^1 error: .* damaged or truncated one/);
  expect(await photo("bomb.png")).toMatchInlineSnapshot(
    `"1 error: readPicture: expected at most 200 megapixels, got 3600 (60000×60000) in bomb.png. Make it smaller, or raise the limit (maxMegapixels)."`,
  );
  expect(await photo("empty.png")).toMatchInlineSnapshot(
    `"1 error: readPicture: expected a picture in a file at "…/empty.png", got an empty file. Copy it again from where it came."`,
  );
  expect(await photo("folder.png")).toMatchInlineSnapshot(
    `"1 error: readPicture: expected a picture in a file at "…/folder.png", got a folder. Name one file in it."`,
  );
  expect(await photo("missing.png")).toMatchInlineSnapshot(
    `"1 error: readPicture: expected a picture in a file at "…/missing.png", got nothing: it does not exist. Check the path."`,
  );
  expect(await photo("circle.png")).toMatchInlineSnapshot(
    `"1 error: readPicture: expected a picture in a file at "…/circle.png", got symbolic links that lead in a circle. Remove or repair the links."`,
  );
});

test("a photo that cannot be read by anybody, root included: a socket", async () => {
  const folder = temporaryFolder();
  const server = createServer().listen(join(folder, "photo.png"));
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const { code, talk } = await type(["segment", join(folder, "photo.png"), "--object", "1,1"]);
  expect(code).toBe(1);
  expect(talk.replace(folder, "…")).toMatchInlineSnapshot(`
    "error: readPicture: expected a picture in a file at "…/photo.png", got a socket. Save it as a file first.
    "
  `);
});

test("a threshold of unsure pixels that is none, and a format without a value for them", async () => {
  expect(await withWrong("--unsure", "2")).toMatchInlineSnapshot(
    `"2 error: option '--unsure <from>' argument '2' is invalid. Expected a number above 0 and at most 1, such as 0.5."`,
  );
  expect(await withWrong("--unsure", "0.5", "--format", "coco")).toMatchInlineSnapshot(
    `"2 error: --unsure: expected a format with a value for such pixels (indexed-png), got "coco"."`,
  );
  expect(await withWrong("--unsure", "0.5", "-o", "out.svg")).toMatchInlineSnapshot(
    `"2 error: --unsure: expected a format with a value for such pixels (indexed-png), got "svg"."`,
  );
});

test("clicks that do not fit the photo", async () => {
  expect(await withWrong("--object", "60,20")).toMatchInlineSnapshot(
    `"2 error: click.at: expected a position inside the image, x from 0 to 59 and y from 0 to 39, got (60, 20)."`,
  );
  expect(await withWrong("--background", "-5,3")).toMatchInlineSnapshot(
    `"2 error: click.at: expected a position inside the image, x from 0 to 59 and y from 0 to 39, got (-5, 3)."`,
  );
  expect(await withWrong("--background", "20,20")).toMatchInlineSnapshot(
    `"2 error: click: expected one label for pixel (20, 20), got "background" and "object". Take one of them back first."`,
  );
  expect(await withWrong("--label", "cat:20,20")).toMatchInlineSnapshot(
    `"2 error: click: expected one label for pixel (20, 20), got "cat" and "object". Take one of them back first."`,
  );
  expect(await withWrong("--box", "30,30,40,40")).toMatchInlineSnapshot(
    `"2 error: box.to: expected a position inside the image, x from 0 to 59 and y from 0 to 39, got (40, 40)."`,
  );
  expect(await withWrong("--box", "30,30,400,40")).toMatchInlineSnapshot(
    `"2 error: box.to: expected a position inside the image, x from 0 to 59 and y from 0 to 39, got (400, 40)."`,
  );
});

test("words that are no clicks", async () => {
  expect(await withWrong("--object", "NaN,3")).toMatchInlineSnapshot(
    `"2 error: option '--object <x,y>' argument 'NaN,3' is invalid. Expected x,y in pixels, such as 120,80."`,
  );
  expect(await withWrong("--object", "Infinity,3")).toMatchInlineSnapshot(
    `"2 error: option '--object <x,y>' argument 'Infinity,3' is invalid. Expected x,y in pixels, such as 120,80."`,
  );
  expect(await withWrong("--object", "12")).toMatchInlineSnapshot(
    `"2 error: option '--object <x,y>' argument '12' is invalid. Expected x,y in pixels, such as 120,80."`,
  );
  expect(await withWrong("--label", "3,4")).toMatchInlineSnapshot(
    `"2 error: option '--label <name:x,y>' argument '3,4' is invalid. Expected name:x,y in pixels, such as cat:120,80."`,
  );
  expect(await withWrong("--box", "1,2,3")).toMatchInlineSnapshot(
    `"2 error: option '--box <x0,y0,x1,y1>' argument '1,2,3' is invalid. Expected x0,y0,x1,y1 in pixels, such as 40,30,220,180."`,
  );
  expect(await withWrong("--max-megapixels", "many")).toMatchInlineSnapshot(
    `"2 error: option '--max-megapixels <number>' argument 'many' is invalid. Expected a number above 0."`,
  );
  expect(await refused("segment", "…/disc.png")).toMatchInlineSnapshot(
    `"2 error: segment: expected at least one --object, --label, --box, --lasso or --from, got none."`,
  );
  expect(await refused("segment", "…/disc.png", "--background", "1,1")).toMatchInlineSnapshot(
    `"2 error: segment: expected at least one --object, --label, --box, --lasso or --from, got none."`,
  );
});

test("10,000 clicks are refused", async () => {
  const clicks = Array.from({ length: 10_000 }, (_, i) => [
    "--object",
    `${i % 60},${Math.floor(i / 60) % 40}`,
  ]).flat();
  expect(await refused("segment", "…/disc.png", ...clicks)).toMatchInlineSnapshot(
    `"2 error: say: expected at most 2000 prompts, got 10000. Say it with strokes or a starting mask."`,
  );
});

test("names that are not known", async () => {
  expect(await withWrong("--model", "magic")).toMatchInlineSnapshot(
    `"2 error: option '--model <name>' argument 'magic' is invalid. Expected one of small, colour, or a .safetensors or .onnx file."`,
  );
  expect(await withWrong("--format", "bmp")).toMatchInlineSnapshot(
    `"2 error: option '--format <name>' argument 'bmp' is invalid. Allowed choices are png, indexed-png, coco, svg."`,
  );
  expect(await withWrong("--box", "cat:1,2,30,30")).toMatchInlineSnapshot(
    `"2 error: box: expected one of the labels background, object, got "cat". Add the label first."`,
  );
  expect(await withWrong("--objekt", "1,1")).toMatchInlineSnapshot(
    `"2 error: unknown option '--objekt' (Did you mean --object?)"`,
  );
  expect(await withWrong("--frobnicate")).toMatchInlineSnapshot(
    `"2 error: unknown option '--frobnicate'"`,
  );
  expect(await refused("segmnet", "…/disc.png")).toMatchInlineSnapshot(
    `"2 error: unknown command 'segmnet' (Did you mean segment?)"`,
  );
  expect(await refused("frobnicate")).toMatchInlineSnapshot(
    `"2 error: unknown command 'frobnicate'"`,
  );
});

test("an output that cannot be written, found out before any work", async () => {
  expect(await withWrong("-o", "…/folder.png")).toMatchInlineSnapshot(
    `"1 error: write: expected a file to write at "…/folder.png", got a folder. Name one file in it."`,
  );
  expect(await withWrong("-o", "…/missing/mask.png")).toMatchInlineSnapshot(
    `"1 error: write: expected a folder at "…/missing" to write "mask.png" in, got nothing. Make the folder first."`,
  );
  expect(await withWrong("-o", "…/text.png/mask.png")).toMatchInlineSnapshot(
    `"1 error: write: expected a file to write at "…/text.png/mask.png", got a path through something that is not a folder. Check the path."`,
  );
  expect(await withWrong("-o", "…/circle.png")).toMatchInlineSnapshot(
    `"1 error: write: expected a file to write at "…/circle.png", got symbolic links that lead in a circle. Remove or repair the links."`,
  );
  expect(await withWrong("--overlay", "…/folder.png")).toMatchInlineSnapshot(
    `"1 error: write: expected a file to write at "…/folder.png", got a folder. Name one file in it."`,
  );
  expect(await withWrong("--uncertainty", "…/missing/u.png")).toMatchInlineSnapshot(
    `"1 error: write: expected a folder at "…/missing" to write "u.png" in, got nothing. Make the folder first."`,
  );
  if (process.platform === "linux") {
    expect(await withWrong("-o", "/proc/mask.png")).toMatchInlineSnapshot(
      `"1 error: write: expected to be allowed to write "/proc/mask.png", got no permission. Change the permissions, or choose another place."`,
    );
    expect(await withWrong("-o", "/dev/full", "--format", "png")).toMatchInlineSnapshot(
      `"1 error: write: expected a file to write at "/dev/full", got a device or a pipe. Name a file instead."`,
    );
  }
});

test("outputs that would overwrite the photo or each other", async () => {
  expect(await withWrong("-o", "…/disc.png")).toMatchInlineSnapshot(
    `"2 error: --output: expected a file of its own, got "…/disc.png", which is the photo."`,
  );
  expect(await withWrong("--overlay", "…/./disc.png")).toMatchInlineSnapshot(
    `"2 error: --overlay: expected a file of its own, got "…/./disc.png", which is the photo."`,
  );
  expect(await withWrong("-o", "…/a.png", "--overlay", "…/a.png")).toMatchInlineSnapshot(
    `"2 error: --overlay: expected a file of its own, got "…/a.png", which is also --output."`,
  );
});

test("outputs that make no sense", async () => {
  expect(await withWrong("-o", "…/mask.jpg")).toMatchInlineSnapshot(
    `"2 error: --output: expected a name that ends in .png, .json or .svg, got "…/mask.jpg". Rename it, or say which with --format."`,
  );
  expect(await withWrong("-o", "…/mask")).toMatchInlineSnapshot(
    `"2 error: --output: expected a name that ends in .png, .json or .svg, got "…/mask". Rename it, or say which with --format."`,
  );
  expect(await withWrong("--label", "cat:2,2", "--format", "png")).toMatchInlineSnapshot(
    `"2 error: --format: expected one that holds 3 labels (indexed-png, coco, svg), got "png"."`,
  );
  expect(await withWrong("-o", "-", "--json")).toMatchInlineSnapshot(
    `"2 error: segment: expected one thing on standard output, got "--output -" and --json."`,
  );
});

test("a mask to start from that does not fit or cannot be read", async () => {
  expect(await withWrong("--from", "…/small.mask.png")).toMatchInlineSnapshot(
    `"2 error: startFrom: expected a mask of 60×40, got 2×2. Make it the size of the image."`,
  );
  expect(await withWrong("--from", "…/text.png")).toMatchInlineSnapshot(
    `"1 error: text.png: readMaskFile: expected a PNG or COCO JSON, got something else. JPEG blurs labels: save the mask as PNG."`,
  );
  expect(await withWrong("--from", "…/disc.png")).toMatchInlineSnapshot(
    `"1 error: disc.png: readMaskPng: expected a black and white mask, got a coloured pixel at (0, 0). Save the mask with a palette, or as black and white."`,
  );
  expect(await withWrong("--from", "…/empty.png")).toMatchInlineSnapshot(
    `"1 error: readMask: expected a mask in a file at "…/empty.png", got an empty file. Copy it again from where it came."`,
  );
  expect(await withWrong("--from", "…/missing.png")).toMatchInlineSnapshot(
    `"1 error: readMask: expected a mask in a file at "…/missing.png", got nothing: it does not exist. Check the path."`,
  );
  expect(await withWrong("--from", "…/folder.png")).toMatchInlineSnapshot(
    `"1 error: readMask: expected a mask in a file at "…/folder.png", got a folder. Name one file in it."`,
  );
});

test("the bytes of a mask are not thrown at a screen", async () => {
  const folder = await folderOfTrouble();
  const words = ["segment", join(folder, "disc.png"), "--object", "20,20", "-o", "-"];
  const { code, talk, result } = await type(words, { resultsAreShown: true });
  expect(code).toBe(2);
  expect(result).toHaveLength(0);
  expect(talk).toMatchInlineSnapshot(`
    "error: --output: expected "-" to lead into a file or a program, got a screen.
    "
  `);
});

test("arguments of annotate that make no sense", async () => {
  expect(await refused("annotate", "--port", "http")).toMatchInlineSnapshot(
    `"2 error: option '--port <number>' argument 'http' is invalid. Expected a whole number from 0 to 65535."`,
  );
  expect(await refused("annotate", "--port", "70000")).toMatchInlineSnapshot(
    `"2 error: option '--port <number>' argument '70000' is invalid. Expected a whole number from 0 to 65535."`,
  );
  expect(await refused("annotate", "--model", "magic")).toMatchInlineSnapshot(
    `"2 error: option '--model <name>' argument 'magic' is invalid. Allowed choices are small, colour."`,
  );
});

test("no command at all shows the help, and is wrong usage", async () => {
  const { code, result, talk } = await type([]);
  expect(code).toBe(2);
  expect(result).toHaveLength(0);
  expect(talk).toMatch(/^Usage: maskwise /);
});
