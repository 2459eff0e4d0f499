import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { serveAnnotator } from "../../src/server/index.ts";
import { ask, MASK, PAGE, PHOTO, served } from "./served.ts";

test("the address holds a token of 256 bits where browsers do not send it", async () => {
  const { url, port, token } = await served();
  expect(url).toBe(`http://127.0.0.1:${port}/#token=${token}`);
  expect(Buffer.from(token, "base64url")).toHaveLength(32);
});

test("the page comes without a token, may run its own script only, and tells nobody anything", async () => {
  const { port } = await served();
  const { status, headers, body } = await ask(port, "/");
  expect(status).toBe(200);
  expect(body.toString()).toBe(PAGE);
  expect(headers["content-type"]).toBe("text/html; charset=UTF-8");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["referrer-policy"]).toBe("no-referrer");
  expect(headers["cache-control"]).toBe("no-store");
  // printf 'let clicks = 0;' | openssl dgst -sha256 -binary | base64
  expect(headers["content-security-policy"]).toBe(
    "default-src 'none'; script-src 'self' 'sha256-U2vUE80lm7PIUa0V5dTCWX2raKYP4KPjGk5yyShX5yc=' 'wasm-unsafe-eval'; worker-src blob:; style-src 'unsafe-inline'; img-src 'self' blob: data:; connect-src 'self' blob: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
});

test("what a network needs lies beside the page and may be kept, and nothing else of its folder is served", async () => {
  const { port } = await served({
    prepare: (folder) => {
      for (const name of ["small-1234.safetensors", "ort-1234.wasm", "secrets.txt"]) {
        writeFileSync(join(folder, "..", name), name);
      }
    },
  });
  for (const [name, type] of [
    ["small-1234.safetensors", "application/octet-stream"],
    ["ort-1234.wasm", "application/wasm"],
  ]) {
    const { status, headers, body } = await ask(port, `/${name}`);
    expect([status, headers["content-type"], body.toString()]).toEqual([200, type, name]);
    expect(headers["content-length"]).toBe(String(name.length));
    expect(headers["cache-control"]).toBe("max-age=31536000, immutable");
    expect(headers["x-content-type-options"]).toBe("nosniff");
  }
  expect((await ask(port, "/secrets.txt")).status).toBe(404);
});

test("pictures are listed by name and read by id", async () => {
  const { api, idOf } = await served();
  const list = (await api("/api/images")).json();
  expect(list).toEqual({
    images: [
      { id: expect.stringMatching(/^[\w-]{22}$/), name: "a.jpg", bytes: PHOTO.length },
      { id: expect.stringMatching(/^[\w-]{22}$/), name: "b.png", bytes: 13 },
    ],
    model: "colour",
  });
  const photo = await api(`/api/images/${await idOf("a.jpg")}`);
  expect(photo.status).toBe(200);
  expect(photo.body).toEqual(PHOTO);
  expect(photo.headers["content-type"]).toBe("image/jpeg");
  expect(photo.headers["x-content-type-options"]).toBe("nosniff");
});

test("without files it serves the page and an empty list", async () => {
  const { api } = await served({ paths: [] });
  expect((await api("/api/images")).json()).toEqual({ images: [], model: "colour" });
});

test("a mask is saved beside its picture, and saved again over itself", async () => {
  const { api, idOf, folder } = await served();
  const id = await idOf("a.jpg");
  for (const _ of ["once", "again"]) {
    const saved = await api(`/api/masks/${id}?format=png`, { method: "POST", body: MASK });
    expect(saved.json()).toEqual({ path: join(folder, "a.mask.png") });
  }
  expect(readFileSync(join(folder, "a.mask.png"))).toEqual(Buffer.from(MASK));
  expect(readFileSync(join(folder, "a.jpg"))).toEqual(PHOTO);
  expect(readdirSync(folder).sort()).toEqual(["a.jpg", "a.mask.png", "b.png"]);
});

test("photos that differ in their endings only get masks of their own", async () => {
  const { api, idOf, folder } = await served({
    prepare: (folder) => writeFileSync(join(folder, "a.png"), "a third photo"),
  });
  const saved = await api(`/api/masks/${await idOf("a.png")}?format=png`, {
    method: "POST",
    body: MASK,
  });
  expect(saved.json()).toEqual({ path: join(folder, "a.png.mask.png") });
});

test("what is not the format it says it is, or no known format, is refused", async () => {
  const { api, idOf, folder } = await served();
  const id = await idOf("a.jpg");
  const save = async (format: string, body: Uint8Array | string) =>
    (await api(`/api/masks/${id}?format=${format}`, { method: "POST", body })).status;
  expect(await save("png", "<script>alert(1)</script>")).toBe(415);
  expect(await save("png", "")).toBe(415);
  expect(await save("coco", MASK)).toBe(415);
  expect(await save("svg", MASK)).toBe(415);
  expect(await save("exe", MASK)).toBe(400);
  expect(await save("", MASK)).toBe(400);
  expect(await save("constructor", MASK)).toBe(400);
  expect(readdirSync(folder)).toEqual(["a.jpg", "b.png"]);
});

test("a photo that has gone is a clear 404", async () => {
  const { api, idOf, folder } = await served();
  const id = await idOf("a.jpg");
  renameSync(join(folder, "a.jpg"), join(folder, "moved.jpg"));
  const answer = await api(`/api/images/${id}`);
  expect(answer.status).toBe(404);
  expect(answer.json()).toEqual({ error: "picture: expected the id of one that is open." });
});

test("a TIFF gets to the page as a PNG with its pixels", async () => {
  const tiff = await sharp(new Uint16Array([0, 65535, 32896, 0]), {
    raw: { width: 2, height: 2, channels: 1 },
  })
    .toColourspace("grey16")
    .tiff({ compression: "lzw" })
    .toBuffer();
  const { api, idOf } = await served({
    prepare: (folder) => writeFileSync(join(folder, "scan.tif"), tiff),
  });
  const answer = await api(`/api/images/${await idOf("scan.tif")}`);
  expect(answer.headers["content-type"]).toBe("image/png");
  const { data, info } = await sharp(answer.body).raw().toBuffer({ resolveWithObject: true });
  expect({
    info: [info.width, info.height],
    grey: [...data].filter((_, i) => i % 3 === 0),
  }).toEqual({
    info: [2, 2],
    grey: [0, 255, 128, 0],
  });
});

test("wrong paths, a page that is not built and a port in use stop it before it starts", async () => {
  const { folder, port } = await served();
  const page = join(folder, "../index.html");
  writeFileSync(join(folder, "notes.txt"), "no photo");
  mkdirSync(join(folder, "empty"));
  const start = (options: { paths?: string[]; page?: string; port?: number }) =>
    serveAnnotator({ page, model: "colour", ...options }).then(
      async (annotator) => {
        await annotator.close();
        return "started";
      },
      (error: Error) => error.message.replaceAll(folder, "…"),
    );
  expect(await start({})).toBe("started");
  expect(await start({ paths: [join(folder, "gone")] })).toMatchInlineSnapshot(
    `"annotate: expected a picture or a folder at "…/gone", got nothing: it does not exist. Check the path."`,
  );
  expect(await start({ paths: [join(folder, "empty")] })).toMatchInlineSnapshot(
    `"annotate: expected pictures (.jpg, .jpeg, .png, .webp, .avif, .gif, .tif, .tiff, .dcm) in "…/empty", got none. Name a folder that has some."`,
  );
  expect(await start({ paths: [join(folder, "notes.txt")] })).toMatchInlineSnapshot(
    `"annotate: expected a picture (.jpg, .jpeg, .png, .webp, .avif, .gif, .tif, .tiff, .dcm), got "…/notes.txt". Convert it to PNG first."`,
  );
  expect(await start({ page: join(folder, "index.html") })).toMatchInlineSnapshot(
    `"annotate: expected the annotator's page at "…/index.html", got nothing. Build it with "npm run build"."`,
  );
  expect((await start({ port })).replace(String(port), "PORT")).toMatchInlineSnapshot(
    `"annotate: expected port PORT to be free, got one in use. Choose another, or leave --port out."`,
  );
});
