import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { type, writePhoto } from "./typed.ts";

/** A disc that was clicked, corrected from a mask, and recorded. */
async function recorded(model = "colour"): Promise<{ folder: string; record: string }> {
  const folder = temporaryFolder();
  const photo = await writePhoto(join(folder, "disc.png"));
  const first = join(folder, "first.png");
  await type(["segment", photo, "--object", "20,20", "--model", "colour", "-o", first]);
  const record = join(folder, "disc.zip");
  const words = ["--from", first, "--background", "50,30", "--object", "21,20"];
  const outputs = ["-o", join(folder, "mask.png"), "--record", record];
  const { code, talk } = await type(["segment", photo, ...words, "--model", model, ...outputs]);
  expect({ code, talk }).toMatchObject({
    code: 0,
    talk: expect.stringContaining(`wrote ${record}`),
  });
  return { folder, record };
}

/** The archive with one of its files changed. */
function changed(record: string, path: RegExp, change: (text: string) => string): void {
  const files = unzipSync(new Uint8Array(readFileSync(record)));
  const name = Object.keys(files).find((one) => path.test(one)) as string;
  const text = change(new TextDecoder().decode(files[name]));
  writeFileSync(record, zipSync({ ...files, [name]: strToU8(text) }));
}

test.each(["colour", "small"])("what %s made is made again, to the last bit", async (model) => {
  const { folder, record } = await recorded(model);
  const { code, result } = await type(["replay", record, "--images", folder]);
  expect({ code, result: result.toString() }).toEqual({ code: 0, result: "disc.png: the same\n" });
});

test("another session makes other masks, and replay says so", async () => {
  const { folder, record } = await recorded();
  changed(record, /disc\.png\.json$/, (text) => text.replace("[21,20]", "[50,5]"));
  const { code, result, talk } = await type(["replay", record, "--images", folder]);
  expect(code).toBe(1);
  expect(result.toString()).toMatch(/^disc\.png: not the same\n/);
  expect(talk).toContain("replay: expected the recorded masks, got others in 1 images.");
});

test("other weights are told before anything is made", async () => {
  const { folder, record } = await recorded();
  changed(record, /disc\.png\.json$/, (text) =>
    text.replace('"name":"colour"', '"name":"colour","sha256":"00ff"'),
  );
  const { code, talk } = await type(["replay", record, "--images", folder]);
  expect(code).toBe(1);
  expect(talk).toContain('expected the model "colour" with the hash 00ff, got one without weights');
});
