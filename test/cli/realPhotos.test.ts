import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { grey, type } from "./typed.ts";

const DATA = fileURLToPath(new URL("../../../shared/data/evaluation", import.meta.url));

/** The first evaluation photo with an ending; PNG is made of a JPEG, as there is none. */
async function photoEnding(ending: string, folder: string): Promise<string> {
  const images = ["grabcut", "berkeley", "coco_mval", "davis"].flatMap((set) =>
    readdirSync(join(DATA, set, "images")).map((name) => join(DATA, set, "images", name)),
  );
  const wanted = ending === "png" ? "jpg" : ending;
  const photo = images.find((path) => path.endsWith(`.${wanted}`));
  if (photo === undefined) throw new Error(`no .${wanted} in ${DATA}`);
  const copy = join(folder, `photo.${ending}`);
  await sharp(photo).toFile(copy);
  return copy;
}

test.skipIf(!existsSync(DATA)).each(["jpg", "png", "webp"])(
  "a real photo as .%s gets a mask of its size with the clicks obeyed (../shared/data)",
  async (ending) => {
    const folder = temporaryFolder();
    const photo = await photoEnding(ending, folder);
    const { width, height } = await sharp(photo).metadata();
    const [x, y] = [Math.floor(width / 2), Math.floor(height / 2)];
    const out = join(folder, "out.png");
    const clicks = ["--object", `${x},${y}`, "--background", "0,0"];
    const { code, talk } = await type(["segment", photo, ...clicks, "-o", out]);
    expect(talk).toContain(`wrote ${out}`);
    expect(code).toBe(0);
    const mask = await grey(out);
    expect(mask).toMatchObject({ width, height });
    expect(mask.data[y * width + x]).toBe(255);
    expect(mask.data[0]).toBe(0);
  },
);
