import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ask, askRaw, MASK, PHOTO, served } from "./served.ts";

test.each([
  "example.com",
  "127.0.0.1",
  "127.0.0.1:1",
  "localhost.example.com:PORT",
  "127.0.0.1:PORT.example.com",
  "[::1]:PORT",
])("the Host %o is turned away, from the page too", async (host) => {
  const { port, api } = await served();
  const headers = { host: host.replace("PORT", String(port)) };
  expect((await ask(port, "/", { headers })).body.toString()).not.toContain("<title>");
  const listed = await api("/api/images", { headers });
  // 400 where it is no host name at all.
  expect([400, 403]).toContain(listed.status);
  expect(listed.body.toString()).not.toContain("a.jpg");
});

test("a request with no Host, an empty one or two of them is turned away", async () => {
  const { port } = await served();
  const our = `Host: 127.0.0.1:${port}\r\n`;
  for (const [version, hosts] of [
    ["1.0", ""],
    ["1.1", ""],
    ["1.1", "Host:\r\n"],
    ["1.1", `Host: example.com\r\n${our}`],
  ]) {
    const answer = await askRaw(port, `GET / HTTP/${version}\r\n${hosts}\r\n`);
    expect(answer, hosts).toMatch(/^HTTP\/1\.1 40[03] /);
    expect(answer).not.toContain("<title>");
  }
  expect(await askRaw(port, `GET / HTTP/1.1\r\n${our}\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
});

test("localhost is this machine too", async () => {
  const { port } = await served();
  expect((await ask(port, "/", { headers: { host: `localhost:${port}` } })).status).toBe(200);
});

test.each([
  ["no token", {}],
  ["an empty one", { authorization: "Bearer " }],
  ["a wrong one", { authorization: `Bearer ${"A".repeat(43)}` }],
  ["one in another scheme", { authorization: "Basic TOKEN" }],
  ["more than the token", { authorization: "Bearer TOKENx" }],
  ["the token in a cookie", { cookie: "token=TOKEN" }],
])("%s opens nothing, whatever the path", async (_, given: Readonly<Record<string, string>>) => {
  const { port, token, idOf, folder } = await served();
  const id = await idOf("a.jpg");
  const headers = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, value.replace("TOKEN", token)]),
  );
  const answers = [
    await ask(port, "/api/images", { headers }),
    await ask(port, `/api/images?token=${token}`, { headers }),
    await ask(port, `/api/images/${id}`, { headers }),
    await ask(port, "/api/nothing", { headers }),
    await ask(port, `/api/masks/${id}?format=png`, { method: "POST", body: MASK, headers }),
  ];
  for (const { status, body } of answers) {
    expect(status).toBe(401);
    expect(body.toString()).not.toContain("a.jpg");
  }
  expect(readdirSync(folder)).toEqual(["a.jpg", "b.png"]);
});

test("another page's requests are turned away even with the token", async () => {
  const { api, idOf, folder, port } = await served();
  const id = await idOf("a.jpg");
  const save = (headers: Readonly<Record<string, string>>) =>
    api(`/api/masks/${id}?format=png`, { method: "POST", body: MASK, headers });
  for (const origin of [
    "https://example.com",
    "null",
    `https://127.0.0.1:${port}`,
    "http://127.0.0.1:1",
  ]) {
    expect((await save({ origin })).status, origin).toBe(403);
  }
  expect((await save({ "sec-fetch-site": "cross-site" })).status).toBe(403);
  expect((await save({ "sec-fetch-site": "same-site" })).status).toBe(403);
  expect(readdirSync(folder)).toEqual(["a.jpg", "b.png"]);
  const ours = { origin: `http://127.0.0.1:${port}`, "sec-fetch-site": "same-origin" };
  expect((await save(ours)).status).toBe(200);
});

test("no answer invites other pages to read it", async () => {
  const { api } = await served();
  const answer = await api("/api/images", { method: "OPTIONS" });
  expect(answer.status).toBe(404);
  expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual(
    [],
  );
});

const OUTSIDE = [
  "../secret.txt",
  "..%2fsecret.txt",
  "%2e%2e%2fsecret.txt",
  "..%5csecret.txt",
  "%2fetc%2fpasswd",
  "a.jpg",
  "a.jpg%00",
  "",
  ".",
];

test.each(OUTSIDE)("the path %o leads nowhere", async (path) => {
  const { api, port, folder } = await served({
    prepare: (folder) => writeFileSync(join(folder, "../secret.txt"), "secret"),
  });
  const before = readdirSync(join(folder, ".."));
  for (const target of [
    `/api/images/${path}`,
    `/api/images/../../${path}`,
    `/${path}`,
    `//${path}`,
    `/api/masks/${path}?format=png`,
  ]) {
    const { body } = await api(target);
    expect(body.toString(), target).not.toContain("secret");
    expect(body, target).not.toEqual(PHOTO);
  }
  const saved = await api(`/api/masks/${path}?format=png`, { method: "POST", body: MASK });
  expect(saved.status).toBeGreaterThanOrEqual(400);
  expect((await ask(port, "/../index.html")).body.toString()).not.toContain("secret");
  expect(readdirSync(join(folder, ".."))).toEqual(before);
  expect(readdirSync(folder)).toEqual(["a.jpg", "b.png"]);
});

test("links that leave the folder are not listed, and those that stay are the photo they lead to", async () => {
  const { api, passedOver, folder } = await served({
    prepare: (folder) => {
      writeFileSync(join(folder, "../secret.jpg"), "secret");
      symlinkSync("../secret.jpg", join(folder, "out.jpg"));
      symlinkSync("nowhere.jpg", join(folder, "dangling.jpg"));
      symlinkSync("a.jpg", join(folder, "inside.jpg"));
    },
  });
  const { images } = (await api("/api/images")).json() as { images: { name: string }[] };
  expect(images.map(({ name }) => name)).toEqual(["a.jpg", "b.png"]);
  expect(passedOver).toEqual([
    `${join(folder, "dangling.jpg")}: a link to nothing`,
    `${join(folder, "out.jpg")}: a link out of the folder`,
  ]);
});

test("a photo that is replaced by a link while the server runs is not followed", async () => {
  const { api, idOf, folder } = await served();
  const id = await idOf("a.jpg");
  writeFileSync(join(folder, "../secret.jpg"), "secret");
  rmSync(join(folder, "a.jpg"));
  symlinkSync("../secret.jpg", join(folder, "a.jpg"));
  expect((await api(`/api/images/${id}`)).status).toBe(404);
  const saved = await api(`/api/masks/${id}?format=png`, { method: "POST", body: MASK });
  expect(saved.status).toBe(404);
  expect(readFileSync(join(folder, "../secret.jpg"), "utf8")).toBe("secret");
});

test("a mask is not written through a link, nor over a photo", async () => {
  const { api, idOf, folder } = await served({
    prepare: (folder) => {
      writeFileSync(join(folder, "../secret.txt"), "secret");
      symlinkSync("../secret.txt", join(folder, "a.mask.png"));
      writeFileSync(join(folder, "b.mask.png"), "a photo of a mask");
    },
    paths: ["", "b.mask.png"],
  });
  for (const name of ["a.jpg", "b.png"]) {
    const saved = await api(`/api/masks/${await idOf(name)}?format=png`, {
      method: "POST",
      body: MASK,
    });
    expect(saved.status).toBe(409);
  }
  expect(readFileSync(join(folder, "../secret.txt"), "utf8")).toBe("secret");
  expect(readFileSync(join(folder, "b.mask.png"), "utf8")).toBe("a photo of a mask");
});

test("a body over 64 MiB is refused with 413, told its size or not, and nothing is written", async () => {
  const { api, idOf, folder, port, token } = await served();
  const path = `/api/masks/${await idOf("a.jpg")}?format=png`;
  const told = await askRaw(
    port,
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nContent-Length: ${64 * 2 ** 20 + 1}\r\n\r\n`,
  );
  expect(told).toMatch(/^HTTP\/1\.1 413 /);
  const streamed = await api(path, {
    method: "POST",
    body: Buffer.concat([MASK, Buffer.alloc(64 * 2 ** 20)]),
    headers: { "transfer-encoding": "chunked" },
  });
  expect(streamed.status).toBe(413);
  expect(streamed.json()).toEqual({ error: "mask: expected at most 64 MiB, got more." });
  expect(readdirSync(folder)).toEqual(["a.jpg", "b.png"]);
});

test("a body that stops halfway writes nothing", async () => {
  const { idOf, folder, port, token } = await served();
  const socket = connect(port, "127.0.0.1");
  const path = `/api/masks/${await idOf("a.jpg")}?format=png`;
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\nContent-Length: 1000\r\n\r\n`,
  );
  await new Promise((resolve) => socket.write(MASK, resolve));
  socket.destroy();
  // The server answers others, and by then has seen the end of that one.
  expect((await ask(port, "/")).status).toBe(200);
  expect(readdirSync(folder)).toEqual(["a.jpg", "b.png"]);
});
