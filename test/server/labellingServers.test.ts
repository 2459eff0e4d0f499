import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { unpackedMask } from "../../src/formats/index.ts";
import { maskOfOutlines, pixel } from "../../src/image/index.ts";
import { openModel } from "../../src/models/index.ts";
import { interpreterDevice } from "../../src/runtime/index.ts";
import { newSession, openPicture, sayAll } from "../../src/session/index.ts";
import { disc, HEIGHT, WIDTH } from "../cli/typed.ts";
import { DISC, servedApi } from "./servedApi.ts";

const SIZE = { width: WIDTH, height: HEIGHT };

/** The mask of a click on (20, 20) and one beside the object at (50, 5), by the library. */
async function expected(label = "object") {
  const { run } = interpreterDevice();
  const picture = { ...SIZE, data: disc() };
  const segmenter = await openPicture(picture, await openModel("colour"), { run });
  const { mask } = await segmenter.segment(
    sayAll(newSession(SIZE, ["background", label]), [
      { kind: "click", at: pixel(20, 20), says: label },
      { kind: "click", at: pixel(50, 5), says: "background" },
    ]),
  );
  return mask;
}

test("CVAT lists one interactor and finds in its notes what it reads of them", async () => {
  const { api } = await servedApi();
  const all = (await api("/api/functions")).json() as Record<string, never>;
  expect(Object.keys(all)).toEqual(["maskwise"]);
  expect((await api("/api/functions/maskwise")).json()).toEqual(all["maskwise"]);
  expect(all["maskwise"]).toMatchObject({
    metadata: {
      name: "maskwise",
      annotations: { type: "interactor", min_pos_points: "1", startswith_box_optional: "true" },
    },
    status: { state: "ready" },
  });
});

test("CVAT's points come back as the library's mask, by rows, and as its outline", async () => {
  const { post } = await servedApi();
  const image = (await DISC).toString("base64");
  const call = {
    image,
    pos_points: [[20.4, 20.9]],
    neg_points: [[50.5, 5.5]],
    obj_bbox: null,
  };
  const answer = await post("/api/function_invocations", call);
  expect(answer.status).toBe(200);
  const { mask, points } = answer.json() as { mask: number[][]; points: [number, number][] };
  const found = await expected();
  expect(mask).toHaveLength(HEIGHT);
  expect(mask.flat()).toEqual([...found.data]);
  const outer = points.map(([x, y]) => ({ unit: "corner" as const, x, y }));
  expect([...maskOfOutlines([{ outer, holes: [] }], SIZE).data]).toEqual(mask.flat());
  const surer = await post("/api/function_invocations", { ...call, threshold: 0.99 });
  const count = (rows: number[][]) => rows.flat().filter((value) => value === 1).length;
  const sure = count((surer.json() as { mask: number[][] }).mask);
  expect(sure).toBeGreaterThan(0);
  expect(sure).toBeLessThanOrEqual(count(mask));
});

test.each([
  [
    [
      [8, 8],
      [33, 33],
    ],
  ],
  [[8, 8, 33, 33]],
  [
    [
      [-5, -5],
      [33, 33],
    ],
  ],
])("CVAT's box %o is a box, alone too, and the mask stays inside", async (obj_bbox) => {
  const { post } = await servedApi();
  const image = (await DISC).toString("base64");
  const answer = await post("/api/function_invocations", { image, obj_bbox });
  const { mask } = answer.json() as { mask: number[][] };
  expect(mask[20][20]).toBe(1);
  expect(mask.every((row) => row.slice(34).every((value) => value === 0))).toBe(true);
});

test("what CVAT could get wrong is told with its place", async () => {
  const { post, api } = await servedApi();
  const image = (await DISC).toString("base64");
  const invoke = async (call: object) => {
    const answer = await post("/api/function_invocations", call);
    return [answer.status, (answer.json() as { path?: string }).path];
  };
  expect(await invoke({ pos_points: [[1, 1]] })).toEqual([400, "image"]);
  expect(await invoke({ image })).toEqual([400, "pos_points"]);
  expect(await invoke({ image: "!", pos_points: [[1, 1]] })).toEqual([400, "image"]);
  expect(await invoke({ image: btoa("<html>"), pos_points: [[1, 1]] })).toEqual([415, undefined]);
  expect(await invoke({ image, pos_points: [[1]] })).toEqual([400, "pos_points.0"]);
  const other = await api("/api/function_invocations", {
    method: "POST",
    body: JSON.stringify({ image, pos_points: [[1, 1]] }),
    headers: { "content-type": "application/json", "x-nuclio-function-name": "other" },
  });
  expect(other.status).toBe(404);
});

const CONFIG = `<View>
  <Image name="image" value="$photo" zoom="true"/>
  <BrushLabels name="tag" toName="image"><Label value="Banana" background="#FF0000"/></BrushLabels>
  <KeyPointLabels name="tag2" toName="image" smart="true"><Label value="Banana"/></KeyPointLabels>
</View>`;

const keypoint = (x: number, y: number, isPositive: boolean) => ({
  original_width: WIDTH,
  original_height: HEIGHT,
  value: { x: (100 * x) / WIDTH, y: (100 * y) / HEIGHT, width: 0.3, keypointlabels: ["Banana"] },
  is_positive: isPositive,
  from_name: "tag2",
  to_name: "image",
  type: "keypointlabels",
});

const rectangle = {
  value: { x: 10, y: 10, width: 50, height: 80, rotation: 0, rectanglelabels: ["Banana"] },
  to_name: "image",
  type: "rectanglelabels",
};

const predict = (photo: string, result: object[], label_config = CONFIG) => ({
  tasks: [{ id: 7, data: { photo } }],
  label_config,
  project: "1.1700000000",
  params: { login: null, password: null, context: { result } },
});

interface Predicted {
  readonly results: readonly {
    readonly score: number;
    readonly result: readonly {
      readonly type: string;
      readonly from_name: string;
      readonly to_name: string;
      readonly original_width: number;
      readonly value: {
        readonly rle: number[];
        readonly brushlabels: string[];
        readonly points: [number, number][];
      };
    }[];
  }[];
}

const dataUrl = async () => `data:image/png;base64,${(await DISC).toString("base64")}`;

test("Label Studio's smart keypoints come back as a brush of the library's mask", async () => {
  const { post } = await servedApi();
  const result = [keypoint(20.5, 20.5, true), keypoint(50.5, 5.5, false)];
  const answer = await post("/predict", predict(await dataUrl(), result));
  expect(answer.status).toBe(200);
  const { results } = answer.json() as Predicted;
  expect(results).toHaveLength(1);
  const [brush] = results[0].result;
  expect(brush).toMatchObject({
    type: "brushlabels",
    from_name: "tag",
    to_name: "image",
    original_width: WIDTH,
    value: { format: "rle", brushlabels: ["Banana"] },
  });
  expect(unpackedMask(brush.value.rle, SIZE).data).toEqual((await expected("Banana")).data);
  expect(results[0].score).toBeGreaterThan(0.5);
});

test("a smart rectangle does as well, and a project of polygons gets a polygon", async () => {
  const { post } = await servedApi();
  const config = CONFIG.replaceAll("BrushLabels", "PolygonLabels");
  const answer = await post("/predict", predict(await dataUrl(), [rectangle], config));
  const [polygon] = (answer.json() as Predicted).results[0].result;
  expect(polygon.type).toBe("polygonlabels");
  const xs = polygon.value.points.map(([x]) => x);
  expect(Math.min(...xs)).toBeGreaterThanOrEqual(10);
  expect(Math.max(...xs)).toBeLessThanOrEqual(62);
});

test("without a context each task gets a result with nothing in it, as Label Studio counts them", async () => {
  const { post } = await servedApi();
  const tasks = [{ data: { photo: "/a.png" } }, { data: { photo: "/b.png" } }];
  for (const params of [undefined, null, {}, { context: null }, { context: { result: [] } }]) {
    const answer = await post("/predict", { tasks, label_config: CONFIG, params });
    expect((answer.json() as Predicted).results).toHaveLength(2);
    expect((answer.json() as Predicted).results[1]).toMatchObject({ result: [], score: 0 });
  }
});

/** A server as Label Studio's, with one image behind a key. */
async function labelStudioWith(image: Buffer) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, answer) => {
    asked.push(request);
    if (request.url === "/away") answer.writeHead(302, { location: "http://127.0.0.1:1/" }).end();
    else if (request.headers.authorization !== "Token key") answer.writeHead(401).end();
    else answer.end(request.url?.startsWith("/data/upload/") ? image : Buffer.alloc(100_000));
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked };
}

test("images of tasks are fetched from Label Studio with its key, and from nowhere else", async () => {
  const { url, asked } = await labelStudioWith(await DISC);
  const { post } = await servedApi({
    labelStudio: { url, key: "key" },
    limits: { maxFileBytes: 50_000 },
  });
  const ask = async (photo: string) => {
    const answer = await post("/predict", predict(photo, [keypoint(20, 20, true)]));
    return [answer.status, (answer.json() as { error?: string }).error];
  };
  expect(await ask("/data/upload/1/disc.png")).toEqual([200, undefined]);
  expect(await ask(`${url}/data/upload/1/disc.png`)).toEqual([200, undefined]);
  const before = asked.length;
  for (const elsewhere of [
    "http://169.254.169.254/latest/meta-data",
    "//example.com/a.png",
    "file:///etc/passwd",
    "s3://bucket/a.png",
    "gopher://127.0.0.1/",
    url.replace(/\d+$/, "1"),
    `${url}@example.com/a.png`,
  ]) {
    expect(await ask(elsewhere), elsewhere).toEqual([
      400,
      expect.stringContaining("task: expected an image on"),
    ]);
  }
  expect(asked.length).toBe(before);
  expect(await ask("/away")).toEqual([400, expect.stringContaining("got none")]);
  expect(await ask("/large")).toEqual([413, expect.stringContaining("at most 50000 bytes")]);
});

test("without Label Studio's address or with a wrong key one is told what to do", async () => {
  const { post } = await servedApi();
  const answer = await post("/predict", predict("/data/upload/1/a.png", [keypoint(1, 1, true)]));
  expect(answer.body.toString()).toContain("--label-studio URL");
  const { url } = await labelStudioWith(await DISC);
  const keyless = await servedApi({ labelStudio: { url } });
  const refused = await keyless.post("/predict", predict("/data/upload/1/a.png", [rectangle]));
  expect(refused.body.toString()).toContain("Check LABEL_STUDIO_API_KEY");
});

test("a project without an image or a tag for masks is told so, and so is broken XML", async () => {
  const { post } = await servedApi();
  for (const config of ["<View/>", CONFIG.replaceAll("BrushLabels", "Choices"), "<View>", "no"]) {
    const answer = await post("/predict", predict(await dataUrl(), [rectangle], config));
    expect([answer.status, answer.body.toString()]).toEqual([
      400,
      expect.stringContaining("label_config: expected"),
    ]);
  }
});

test("setup says the version that predictions are marked with, and events are noted", async () => {
  const { post } = await servedApi();
  const setup = await post("/setup", {
    project: "1.1",
    schema: CONFIG,
    hostname: "",
    access_token: "",
  });
  expect(setup.json()).toEqual({ model_version: "maskwise-0.0.0-colour" });
  expect((await post("/webhook", { action: "PROJECT_UPDATED", project: {} })).json()).toEqual({
    status: "ok",
  });
});
