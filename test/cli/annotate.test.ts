import { existsSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { type, writePhoto } from "./typed.ts";

/** The annotator's page is built, as `npm test` does first. */
const BUILT = existsSync(new URL("../../dist/app/index.html", import.meta.url));

/** What the server of an address lists; fails when nobody listens. */
function listedAt(address: string): Promise<{ images: readonly { name: string }[] }> {
  const { origin, hash } = new URL(address);
  const authorization = `Bearer ${hash.replace("#token=", "")}`;
  return new Promise((resolve, reject) => {
    get(`${origin}/api/images`, { headers: { authorization }, agent: false }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve(JSON.parse(text)));
    }).on("error", reject);
  });
}

/** Run annotate until `act` is done with the address. */
async function annotating(
  words: readonly string[],
  act: (address: string) => Promise<void>,
  browse: (address: string) => Promise<void> = async () => {},
) {
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let address = "";
  let acting: Promise<void> = Promise.resolve();
  const typed = await type(["annotate", ...words], {
    browse,
    interrupted: () => stopped,
    result: async (line) => {
      address = line.toString().trim();
      acting = act(address).finally(stop);
    },
  });
  await acting;
  return { ...typed, address };
}

test.skipIf(!BUILT)(
  "annotate serves a folder until Ctrl-C, and opens the browser there (after a build)",
  async () => {
    const folder = temporaryFolder();
    await writePhoto(join(folder, "disc.png"));
    const opened: string[] = [];
    const { code, talk, address } = await annotating(
      [folder],
      async (address) => {
        expect(await listedAt(address)).toMatchObject({
          images: [{ name: "disc.png" }],
          model: "small",
        });
      },
      async (address) => void opened.push(address),
    );
    expect(code).toBe(0);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/);
    expect(opened).toEqual([address]);
    expect(talk).toMatchInlineSnapshot(`
      "The annotator is open on 1 picture, for you alone, at:
      Press Ctrl-C to stop.
      "
    `);
    await expect(listedAt(address)).rejects.toThrow(/ECONNREFUSED/);
  },
);

test.skipIf(!BUILT)(
  "without files it is open on the sample scene, and without a browser it says what to do (after a build)",
  async () => {
    const { code, talk } = await annotating(
      [],
      async (address) => {
        expect((await listedAt(address)).images).toEqual([]);
      },
      () => Promise.reject(new Error("no browser")),
    );
    expect(code).toBe(0);
    expect(talk).toMatchInlineSnapshot(`
      "The annotator is open on a sample scene, for you alone, at:
      No browser could be opened. Open the address above yourself.
      Press Ctrl-C to stop.
      "
    `);
  },
);

test.skipIf(!BUILT)("--no-open opens no browser (after a build)", async () => {
  const { code, talk } = await annotating(
    ["--no-open"],
    async () => {},
    () => Promise.reject(new Error("no browser should be asked for")),
  );
  expect(code).toBe(0);
  expect(talk).not.toContain("No browser");
});

test("a folder that is not there is a failure, told in one line", async () => {
  const { code, talk, result } = await type(["annotate", join(temporaryFolder(), "gone")]);
  expect(code).toBe(1);
  expect(result).toHaveLength(0);
  expect(talk).toMatch(/^error: annotate: expected .*\n$/);
});
