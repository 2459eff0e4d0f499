import { expect, test } from "vitest";
import {
  annotationFormatNames,
  annotationFormats,
  filesInMemory,
  filesInZip,
  gathered,
  labelMaskOf,
  readMaskFile,
} from "../../src/formats/index.ts";
import { pixel, UNSURE, withUnsure } from "../../src/image/index.ts";
import { openModel } from "../../src/models/index.ts";
import { interpreterDevice } from "../../src/runtime/index.ts";
import { newSession, openPicture, sayAll } from "../../src/session/index.ts";
import { disc, grey, HEIGHT, WIDTH } from "../cli/typed.ts";
import { click, DISC, servedApi } from "./servedApi.ts";

const SIZE = { width: WIDTH, height: HEIGHT };

/** The mask that the library finds for two clicks. */
async function expected() {
  const { run } = interpreterDevice();
  const segmenter = await openPicture({ ...SIZE, data: disc() }, await openModel("colour"), {
    run,
  });
  return segmenter.segment(
    sayAll(newSession(SIZE), [
      { kind: "click", at: pixel(20, 20), says: "object" },
      { kind: "click", at: pixel(50, 5), says: "background" },
    ]),
  );
}

const CLICKS = { prompts: [click(20, 20), click(50, 5, "background")] };

test("a picture, two clicks and a mask: that of the library, in every format that is read again", async () => {
  const { api, post, opened } = await servedApi();
  const session = await opened("?name=disc.png");
  const said = await post(`${session}/prompts`, CLICKS);
  expect(said.json()).toEqual({
    id: session.split("/").at(-1),
    name: "disc.png",
    ...SIZE,
    labels: ["background", "object"],
    prompts: [
      {
        id: "p0",
        prompt: { kind: "click", at: { unit: "pixel", x: 20, y: 20 }, says: "object" },
      },
      {
        id: "p1",
        prompt: { kind: "click", at: { unit: "pixel", x: 50, y: 5 }, says: "background" },
      },
    ],
    canUndo: true,
    canRedo: false,
  });
  const { mask, uncertainty, probability } = await expected();
  for (const format of ["png", "indexed-png", "coco"]) {
    const answer = await api(`${session}/mask?format=${format}`);
    expect(answer.status).toBe(200);
    expect(readMaskFile(answer.body, { picture: "disc.png" }).mask.data, format).toEqual(mask.data);
  }
  const thirds = readMaskFile((await api(`${session}/mask?unsure=0.2`)).body).mask;
  expect(thirds).toEqual(withUnsure(mask, uncertainty, 0.2));
  expect(thirds.data).toContain(UNSURE);
  const { headers: told } = await api(`${session}/mask?unsure=0.2`);
  const sure = (label: number) => thirds.data.filter((own) => own === label).length;
  expect(JSON.parse(String(told["maskwise-areas"]))).toEqual([
    { label: "background", pixels: sure(0) },
    { label: "object", pixels: sure(1) },
  ]);
  for (const wrong of ["unsure=0", "unsure=much", "unsure=0.2&format=coco"]) {
    expect((await api(`${session}/mask?${wrong}`)).status, wrong).toBe(400);
  }
  const { headers } = await api(`${session}/mask`);
  expect(headers["content-type"]).toBe("image/png");
  const pixels = mask.data.filter((label) => label === 1).length;
  expect(JSON.parse(String(headers["maskwise-areas"]))).toEqual([
    { label: "background", pixels: WIDTH * HEIGHT - pixels },
    { label: "object", pixels },
  ]);
  for (const [path, plane] of [
    ["uncertainty", uncertainty],
    ["probability/object", probability("object")],
  ] as const) {
    const image = await grey((await api(`${session}/${path}`)).body);
    expect([...image.data]).toEqual(Array.from(plane.data, (value) => Math.round(value * 255)));
  }
});

const ENDINGS: Readonly<Record<string, string>> = {
  "application/json": ".json",
  "application/geo+json": ".geojson",
  "application/xml": ".xml",
  "application/octet-stream": ".npz",
  "image/png": ".png",
  "image/svg+xml": ".svg",
};

test("in every format of annotations the objects are those of the mask, in one file or an archive", async () => {
  const { api, post, opened } = await servedApi();
  const session = await opened("?name=disc.png");
  await post(`${session}/prompts`, CLICKS);
  const { mask } = await expected();
  for (const name of annotationFormatNames) {
    const { status, headers, body } = await api(`${session}/annotations?format=${name}`);
    expect(status, name).toBe(200);
    const type = String(headers["content-type"]);
    const files =
      type === "application/zip"
        ? filesInZip(name, body)
        : filesInMemory(new Map([[`disc${ENDINGS[type]}`, new Uint8Array(body)]]));
    const set = await gathered(
      await annotationFormats[name].read(files, { images: new Map([["disc.png", SIZE]]) }),
    );
    expect(labelMaskOf(set.images[0], ["background", "object"]).mask.data, name).toEqual(mask.data);
  }
});

test("what was said is taken back one by one, by undo, and all at once; redo brings it back", async () => {
  const { api, post, opened } = await servedApi();
  const session = await opened();
  const ids = async (answer: Promise<{ json(): unknown }>) =>
    ((await answer).json() as { prompts: { id: string }[] }).prompts.map(({ id }) => id);
  const step = (word: string) => ids(api(`${session}/${word}`, { method: "POST" }));
  expect(await ids(post(`${session}/prompts`, { prompts: [click(1, 1)] }))).toEqual(["p0"]);
  expect(await ids(post(`${session}/prompts`, { prompts: [click(2, 2)] }))).toEqual(["p0", "p1"]);
  expect(await ids(api(`${session}/prompts/p0`, { method: "DELETE" }))).toEqual(["p1"]);
  expect(await step("undo")).toEqual(["p0", "p1"]);
  expect(await step("undo")).toEqual(["p0"]);
  expect(await step("redo")).toEqual(["p0", "p1"]);
  expect(await step("restart")).toEqual([]);
  expect(await step("undo")).toEqual(["p0", "p1"]);
  expect(await ids(api(session))).toEqual(["p0", "p1"]);
});

test("an answer is that of the session as it was when it was asked for", async () => {
  const { api, post, opened } = await servedApi();
  const session = await opened();
  const masks: Buffer[] = [];
  for (const x of [20, 50]) {
    await post(`${session}/prompts`, { prompts: [click(x, 20)] });
    masks.push((await api(`${session}/mask`)).body);
    await api(`${session}/undo`, { method: "POST" });
  }
  await post(`${session}/prompts`, { prompts: [click(20, 20)] });
  const asked = api(`${session}/mask`);
  const [answer] = await Promise.all([asked, post(`${session}/prompts`, CLICKS)]);
  expect(masks[0]).not.toEqual(masks[1]);
  expect(answer.body).toEqual(masks[0]);
});

test("labels in any script: added, renamed and removed with what was said", async () => {
  const { api, post, opened } = await servedApi();
  const session = await opened("?label=cat&label=%E7%8A%AC");
  const labels = async (answer: Promise<{ json(): unknown }>) =>
    ((await answer).json() as { labels: string[] }).labels;
  expect(await labels(api(session))).toEqual(["background", "cat", "犬"]);
  expect(await labels(post(`${session}/labels`, { label: "bird" }))).toHaveLength(4);
  await post(`${session}/prompts`, { prompts: [click(20, 20, "犬"), click(50, 30, "bird")] });
  const mask = await api(`${session}/mask?format=indexed-png`);
  const areas = JSON.parse(String(mask.headers["maskwise-areas"]));
  expect(areas.map(({ label }: { label: string }) => label)).toEqual([
    "background",
    "cat",
    "犬",
    "bird",
  ]);
  const renamed = await api(`${session}/labels/${encodeURIComponent("犬")}`, {
    method: "PATCH",
    body: JSON.stringify({ to: "dog" }),
    headers: { "content-type": "application/json" },
  });
  expect(renamed.json()).toMatchObject({ labels: ["background", "cat", "dog", "bird"] });
  const removed = await api(`${session}/labels/bird`, { method: "DELETE" });
  expect(removed.json()).toMatchObject({
    labels: ["background", "cat", "dog"],
    prompts: [{ id: "p1", prompt: { says: "dog" } }],
  });
  expect((await api(`${session}/mask?format=png`)).json()).toEqual({
    error: 'format: expected one that holds 3 labels, got "png", which holds 2.',
    path: "format",
  });
});

test("a mask that came out goes in again and is what one starts from", async () => {
  const { api, post, opened } = await servedApi();
  const first = await opened();
  await post(`${first}/prompts`, CLICKS);
  const mask = (await api(`${first}/mask`)).body;
  const second = await opened();
  const started = await api(`${second}/start`, {
    method: "PUT",
    body: mask,
    headers: { "content-type": "image/png" },
  });
  expect(started.status).toBe(200);
  expect((await api(`${second}/mask`)).body).toEqual(mask);
});

test("formats are listed with what they hold", async () => {
  const { api } = await servedApi();
  const { masks, annotations } = (await api("/v1/formats")).json() as Record<string, unknown[]>;
  expect(annotations).toContainEqual({ name: "voc", words: annotationFormats.voc.words });
  expect(masks).toContainEqual({
    name: "coco",
    words: "COCO JSON",
    extension: ".coco.json",
    mediaType: "application/json",
    maxLabels: 256,
    holdsUnsure: false,
  });
});

test("a closed session is gone, and its picture with it where no other is about it", async () => {
  const { api, opened } = await servedApi();
  const now = async () => ((await api("/v1/about")).json() as { now: unknown }).now;
  const [first, second] = [await opened(), await opened()];
  const { length } = await DISC;
  expect(await now()).toMatchObject({ sessions: 2, storedBytes: length, underWay: 0 });
  expect((await api(first, { method: "DELETE" })).status).toBe(204);
  expect((await api(first)).status).toBe(404);
  expect(await now()).toMatchObject({ sessions: 1, storedBytes: length });
  expect((await api(second, { method: "DELETE" })).status).toBe(204);
  expect(await now()).toEqual({ sessions: 0, storedBytes: 0, encodedBytes: 0, underWay: 0 });
});

test("health says UP to anybody, and nothing else", async () => {
  const { api } = await servedApi();
  const answer = await api("/health", { headers: { authorization: "" } });
  expect(answer.json()).toEqual({ status: "UP", model_class: "Maskwise" });
});
