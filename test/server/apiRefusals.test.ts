import { connect } from "node:net";
import { expect, test } from "vitest";
import { ask, askRaw } from "./served.ts";
import { click, DISC, servedApi } from "./servedApi.ts";

test.each([
  ["no token", {}],
  ["a wrong one", { authorization: `Bearer ${"A".repeat(22)}` }],
  ["a wrong password", { authorization: `Basic ${btoa("maskwise:nothing")}` }],
  ["the token as another scheme", { authorization: "Digest TOKEN" }],
  ["the token as a name without a password", { authorization: `Basic ${btoa("TOKEN")}:` }],
])("%s opens nothing but the public routes", async (_, headers: Record<string, string>) => {
  const { port, opened } = await servedApi();
  const session = await opened();
  for (const [method, path] of [
    ["GET", "/v1/about"],
    ["GET", "/v1/formats"],
    ["GET", session],
    ["GET", `${session}/mask`],
    ["DELETE", session],
    ["POST", "/v1/sessions"],
    ["POST", "/setup"],
    ["POST", "/predict"],
    ["GET", "/api/functions"],
    ["POST", "/api/function_invocations"],
    ["GET", "/nothing"],
  ]) {
    const answer = await ask(port, path, { method, headers });
    expect(answer.status, path).toBe(401);
    expect(answer.body.toString(), path).toContain("token: expected");
  }
  expect((await ask(port, "/openapi.json", { headers })).status).toBe(200);
});

test("the token is taken as the password of Basic, for programs that know nothing else", async () => {
  const { port, token } = await servedApi();
  const authorization = `Basic ${btoa(`anybody:${token}`)}`;
  expect((await ask(port, "/v1/about", { headers: { authorization } })).status).toBe(200);
});

test.each(["example.com", "127.0.0.1.example.com:PORT", "10.0.0.1:PORT"])(
  "the Host %o is turned away (DNS rebinding), with the token too",
  async (host) => {
    const { api, port } = await servedApi();
    const headers = { host: host.replace("PORT", String(port)) };
    expect((await api("/v1/about", { headers })).status).toBe(403);
  },
);

test("names that it was started with are its own, and numbers where it listens on all addresses", async () => {
  const named = await servedApi({ names: ["maskwise.lan"] });
  const status = async ({ api }: typeof named, host: string) =>
    (await api("/v1/about", { headers: { host } })).status;
  expect(await status(named, `maskwise.lan:${named.port}`)).toBe(200);
  expect(await status(named, "maskwise.lan")).toBe(403);
  const wide = await servedApi({ host: "0.0.0.0" });
  expect(await status(wide, `10.0.0.1:${wide.port}`)).toBe(200);
  expect(await status(wide, `maskwise.lan:${wide.port}`)).toBe(403);
});

test("other pages may neither ask nor read, unless their origin was allowed", async () => {
  const preflight = {
    method: "OPTIONS",
    headers: {
      origin: "https://example.com",
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization",
    },
  };
  const closed = await servedApi();
  const refused = await closed.api("/v1/sessions", preflight);
  expect(refused.status).toBe(403);
  expect(Object.keys(refused.headers).filter((name) => /^access-control/.test(name))).toEqual([]);
  const open = await servedApi({ origins: ["https://example.com"] });
  const allowed = await ask(open.port, "/v1/sessions", preflight);
  expect(allowed.status).toBe(204);
  expect(allowed.headers["access-control-allow-origin"]).toBe("https://example.com");
  const other = await open.api("/v1/about", { headers: { origin: "https://other.example" } });
  expect(other.status).toBe(403);
});

test("what is not there is 404: sessions, prompts' sessions, paths, and paths out of the server", async () => {
  const { api, post } = await servedApi();
  for (const path of ["/v1/sessions/nothing", "/v1/sessions/nothing/mask", "/v1/nothing"]) {
    expect((await api(path)).status, path).toBe(404);
  }
  const said = await post("/v1/sessions/nothing/prompts", { prompts: [click(1, 1)] });
  expect(said.status).toBe(404);
  for (const path of [
    "/v1/sessions/..%2f..%2fetc%2fpasswd",
    "/v1/sessions/%00/mask",
    "/../../etc/passwd",
    "//etc/passwd",
    "/v1/sessions/__proto__",
  ]) {
    const { status, body } = await api(path);
    expect(status, path).toBe(404);
    expect(body.toString(), path).not.toContain("root:");
  }
});

test.each([
  ['{"prompts":[', undefined],
  ["", undefined],
  ["[]", undefined],
  ["{}", "prompts"],
  ['{"prompts":[]}', "prompts"],
  ['{"prompts":[{"kind":"shout","at":{"x":1,"y":1},"says":"object"}]}', "prompts.0.kind"],
  ['{"prompts":[{"kind":"click","at":{"x":"1","y":1},"says":"object"}]}', "prompts.0.at.x"],
  ['{"prompts":[{"kind":"click","at":{"x":1e999,"y":1},"says":"object"}]}', "prompts.0.at.x"],
  ['{"prompts":[{"kind":"click","at":{"x":1,"y":1},"says":"object","z":1}]}', "prompts.0"],
  ['{"prompts":[{"kind":"click","at":{"x":60,"y":1},"says":"object"}]}', undefined],
  ['{"prompts":[{"kind":"click","at":{"x":1,"y":1},"says":"cat"}]}', undefined],
])("%s is 400 with the place of the fault, and changes nothing", async (body, path) => {
  const { api, opened } = await servedApi();
  const session = await opened();
  const answer = await api(`${session}/prompts`, {
    method: "POST",
    body,
    headers: { "content-type": "application/json" },
  });
  expect(answer.status).toBe(400);
  expect(answer.json()).toMatchObject({ error: expect.stringMatching(/./), ...(path && { path }) });
  expect((await api(session)).json()).toMatchObject({ prompts: [], canUndo: false });
});

test("what is no picture, damaged, of another type or with wrong labels is told so", async () => {
  const { api } = await servedApi();
  const open = (body: Uint8Array | string, type: string, query = "") =>
    api(`/v1/sessions${query}`, { method: "POST", body, headers: { "content-type": type } });
  const png = await DISC;
  for (const [answer, status, words] of [
    [await open(png, "application/x-www-form-urlencoded"), 415, "Content-Type"],
    [await open("<html>", "image/png"), 415, "<html>"],
    [await open(png.subarray(0, 200), "image/png"), 415, "damaged"],
    [await open("", "image/png"), 415, "0 bytes"],
    [await open(png, "image/png", "?label=background"), 400, "different names"],
    [await open(png, "image/png", `?name=${"a".repeat(300)}`), 400, "name"],
  ] as const) {
    expect([answer.status, answer.body.toString()]).toEqual([
      status,
      expect.stringContaining(words),
    ]);
  }
  expect((await api("/v1/about")).json()).toMatchObject({ now: { sessions: 0, underWay: 0 } });
});

test("larger bodies and pictures than are taken are 413, told their size or not", async () => {
  const limits = { maxFileBytes: 20_000, maxJsonBytes: 1000, maxMegapixels: 0.001 };
  const { api, port, token, post } = await servedApi({ limits });
  const open = (body: Uint8Array, headers = {}) =>
    api("/v1/sessions", {
      method: "POST",
      body,
      headers: { "content-type": "image/png", ...headers },
    });
  expect((await open(new Uint8Array(20_001))).status).toBe(413);
  const chunked = await open(new Uint8Array(20_001), { "transfer-encoding": "chunked" });
  expect(chunked.status).toBe(413);
  const told = await askRaw(
    port,
    `POST /v1/sessions HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nContent-Type: image/png\r\nContent-Length: 999999999999\r\n\r\n`,
  );
  expect(told).toMatch(/^HTTP\/1\.1 413 /);
  const pixels = await open(await DISC);
  expect([pixels.status, pixels.body.toString()]).toEqual([
    413,
    expect.stringContaining("megapixels"),
  ]);
  const many = await post("/v1/sessions/any/prompts", {
    prompts: Array.from({ length: 100 }, () => click(1, 1)),
  });
  expect(many.status).toBe(413);
});

test("more sessions than there is room for are 429 until one is closed or was idle for long", async () => {
  let time = 0;
  const { opened, api } = await servedApi({
    limits: { maxSessions: 2, idleMs: 1000 },
    now: () => time,
  });
  const first = await opened();
  const second = await opened();
  await expect(opened()).rejects.toThrow(/^429 .*Close some with DELETE/);
  await api(second, { method: "DELETE" });
  await opened();
  time = 900;
  await api(first);
  time = 1500;
  await opened();
  expect((await api(first)).status).toBe(200);
  await expect(opened()).rejects.toThrow(/^429 /);
});

test("requests of one session that wait beyond the limit are 429, with when to ask again", async () => {
  const { opened, api } = await servedApi({ limits: { maxWaitingEach: 2 } });
  const session = await opened();
  const answers = await Promise.all(Array.from({ length: 6 }, () => api(`${session}/mask`)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(answers.filter(({ status }) => status === 200).length).toBe(6 - refused.length);
  expect(refused.length).toBeGreaterThanOrEqual(3);
  expect(refused[0].headers["retry-after"]).toBe("1");
  expect((await api(`${session}/mask`)).status).toBe(200);
});

test("bodies beyond what may arrive at once are 429; who breaks off leaves the room, and no report", async () => {
  const reported: Error[] = [];
  const { opened, api, port, token } = await servedApi({
    limits: { maxArrivingBytes: 30_000 },
    report: (error) => reported.push(error),
  });
  const socket = connect(port, "127.0.0.1");
  socket.write(
    `POST /v1/sessions HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nContent-Type: image/png\r\nContent-Length: 30000\r\n\r\n`,
  );
  await expect.poll(() => opened().catch((error: Error) => error.message)).toMatch(/^429 /);
  socket.destroy();
  await expect.poll(() => opened().catch((error: Error) => error.message)).toMatch(/^\/v1/);
  expect((await api("/v1/about")).status).toBe(200);
  expect(reported).toEqual([]);
});

test("who sends a request drop by drop is cut off, and others are answered meanwhile", async () => {
  const { port, api } = await servedApi({ limits: { requestMs: 400 } });
  const cut = (bytes: string) => askRaw(port, bytes);
  const slow = [
    cut("GET /health HTTP/1.1\r\nHost: 127"),
    cut(
      `POST /v1/sessions HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 10\r\nContent-Type: image/png\r\n`,
    ),
  ];
  expect((await api("/health")).status).toBe(200);
  for (const text of await Promise.all(slow)) expect(text).toMatch(/^HTTP\/1\.1 408 /);
});

test("an answer that takes too long is given up with 503, and the next one comes", async () => {
  const { opened, api } = await servedApi();
  const session = await opened();
  const { opened: openedLate } = await servedApi({ limits: { answerMs: 1 } });
  await expect(openedLate()).rejects.toThrow(/^503 .*within 0\.001 s/);
  expect((await api(`${session}/mask`)).status).toBe(200);
});
