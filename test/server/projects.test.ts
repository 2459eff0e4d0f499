import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newSession, pixel, say, writePhoto, writeProject } from "maskwise";
import { expect, test } from "vitest";
import { ask, type Served, served } from "./served.ts";

const session = say(newSession({ width: 8, height: 6 }), {
  kind: "click",
  at: pixel(3, 2),
  says: "object",
});
const RECORD = JSON.stringify(
  writePhoto({ status: "done", session, attributes: {}, isExported: false }),
);

const put = (annotator: Served, path: string, body: string, tag = "none") =>
  annotator.api(path, { method: "PUT", body, headers: { "If-Match": `"${tag}"` } });

const tagOf = ({ headers }: { headers: Readonly<Record<string, unknown>> }): string =>
  String(headers["etag"]).replaceAll('"', "");

test("what is said about a photo lies in a file beside it, and is listed", async () => {
  const annotator = await served();
  const path = `/api/images/${await annotator.idOf("a.jpg")}/record`;
  expect((await annotator.api(path)).json()).toBe(null);
  expect((await put(annotator, path, RECORD)).status).toBe(204);
  expect(readFileSync(join(annotator.folder, "maskwise/a.jpg.json"), "utf8")).toBe(RECORD);
  expect((await annotator.api(path)).json()).toEqual(JSON.parse(RECORD));
  const { photos, name, project } = (await annotator.api("/api/project")).json() as {
    photos: readonly { summary?: unknown }[];
    name: string;
    project: unknown;
  };
  expect([name, project]).toEqual(["photos", null]);
  expect(photos.map(({ summary }) => summary)).toEqual([
    { status: "done", isExported: false, events: 1 },
    undefined,
  ]);
});

test("the project and each history lie there too", async () => {
  const annotator = await served();
  const project = JSON.stringify(writeProject({ name: "cats", labels: [] }));
  expect((await put(annotator, "/api/project", project)).status).toBe(204);
  const history = JSON.stringify({ format: "maskwise history", version: 1, versions: [] });
  const path = `/api/images/${await annotator.idOf("b.png")}/history`;
  expect((await put(annotator, path, history)).status).toBe(204);
  expect(readdirSync(join(annotator.folder, "maskwise")).sort()).toEqual([
    "b.png.history.json",
    "project.json",
  ]);
});

test("only who has seen what a file says may replace it", async () => {
  const annotator = await served();
  const path = `/api/images/${await annotator.idOf("a.jpg")}/record`;
  const first = await put(annotator, path, RECORD);
  const other = RECORD.replace("done", "skipped");
  expect((await put(annotator, path, other)).status).toBe(412);
  expect((await put(annotator, path, other, "yesterday")).status).toBe(412);
  expect((await annotator.api(path, { method: "PUT", body: other })).status).toBe(428);
  expect((await annotator.api(path)).json()).toMatchObject({ status: "done" });
  expect((await put(annotator, path, other, tagOf(first))).status).toBe(204);
  expect((await annotator.api(path)).json()).toMatchObject({ status: "skipped" });
});

test("of many who write at once one is taken and the others are told", async () => {
  const annotator = await served();
  const path = `/api/images/${await annotator.idOf("a.jpg")}/record`;
  const answers = await Promise.all(Array.from({ length: 20 }, () => put(annotator, path, RECORD)));
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([204, ...Array.from({ length: 19 }, () => 412)]);
});

test("what is no record is refused with the path to its fault, and nothing is written", async () => {
  const annotator = await served();
  const path = `/api/images/${await annotator.idOf("a.jpg")}/record`;
  const refusals = await Promise.all(
    ["{", "null", RECORD.replace("done", "finished"), RECORD.replace("[3,2]", "[3,99]")].map(
      (body) => put(annotator, path, body),
    ),
  );
  expect(refusals.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
  expect(refusals[2].json()).toMatchObject({ error: expect.stringContaining("status:") });
  expect(readdirSync(annotator.folder).sort()).toEqual(["a.jpg", "b.png"]);
});

test("without the token, for other pictures, and over links nothing is read or written", async () => {
  const annotator = await served({
    prepare: (folder) => {
      mkdirSync(join(folder, "../elsewhere"));
      writeFileSync(join(folder, "../elsewhere/a.jpg.json"), "secret");
      symlinkSync(join(folder, "../elsewhere"), join(folder, "maskwise"));
    },
  });
  const path = `/api/images/${await annotator.idOf("a.jpg")}/record`;
  expect((await ask(annotator.port, path)).status).toBe(401);
  const unauthorised = { method: "PUT", body: RECORD, headers: { "If-Match": '"none"' } };
  expect((await ask(annotator.port, path, unauthorised)).status).toBe(401);
  expect((await annotator.api("/api/images/..%2f..%2fetc/record")).status).toBe(404);
  expect((await annotator.api(path)).status).toBe(409);
  expect((await put(annotator, path, RECORD)).status).toBe(409);
  expect(readFileSync(join(annotator.folder, "../elsewhere/a.jpg.json"), "utf8")).toBe("secret");
});

test("a damaged record is told where the photos are listed", async () => {
  const annotator = await served({
    prepare: (folder) => {
      mkdirSync(join(folder, "maskwise"));
      writeFileSync(join(folder, "maskwise/a.jpg.json"), '{"format":');
    },
  });
  const { photos } = (await annotator.api("/api/project")).json() as {
    photos: readonly { problem?: string }[];
  };
  expect(photos[0].problem).toMatch(/JSON/);
  expect(photos[1].problem).toBeUndefined();
});
