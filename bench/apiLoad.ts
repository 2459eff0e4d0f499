/**
 * Many clients that click at once, on one server: whether any answer is wrong, how long an answer takes,
 * whether all clients get as many, and whether memory stays where it is.
 *
 *     npx tsx bench/apiLoad.ts [clients = 200] [seconds = 60] [model = small] [workers = 1]
 *
 * Each client has a session on one of ten pictures, and again and again says one of a few sets of clicks
 * and asks for the mask, which must be the library's own to the last byte. Resident memory is that of
 * the server's process: at the end, relative to that after a fifth of the time.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { scene } from "../src/data/index.ts";
import { formats } from "../src/formats/index.ts";
import { type Picture, pixel } from "../src/image/index.ts";
import { deviceFor, openModel } from "../src/node/index.ts";
import { newSession, openPicture, sayAll } from "../src/session/index.ts";

const [, , clients = "200", seconds = "60", modelName = "small", workers = "1"] = process.argv;
const MAIN = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));
const PICTURES = 10;
const ABOUT = { labels: ["background", "object"], picture: "picture" };

/** Sets of clicks, in shares of the picture's sides. */
const SETS = [
  [[0.5, 0.5]],
  [
    [0.5, 0.5],
    [0.1, 0.1],
  ],
  [
    [0.3, 0.6],
    [0.9, 0.9],
    [0.6, 0.3],
  ],
];

const promptsOf = ({ width, height }: Picture, set: number) =>
  SETS[set].map(([x, y], i) => ({
    kind: "click" as const,
    at: pixel(Math.floor(x * width), Math.floor(y * height)),
    says: i === 1 ? "background" : "object",
  }));

/** A picture's file, and the masks that are right. */
async function prepared(seed: number) {
  const { picture } = scene(seed);
  const { width, height, data } = picture;
  const file = await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  const { run } = device;
  const segmenter = await openPicture(picture, model, { run });
  const masks: Buffer[] = [];
  for (let set = 0; set < SETS.length; set++) {
    const session = sayAll(newSession(picture), promptsOf(picture, set));
    const { mask } = await segmenter.segment(session);
    masks.push(Buffer.from(formats.png.write(mask, ABOUT)));
  }
  return { picture, file, masks };
}

const device = await deviceFor(modelName);
const model = await openModel(modelName);
const pictures: Awaited<ReturnType<typeof prepared>>[] = [];
for (let seed = 1; seed <= PICTURES; seed++) pictures.push(await prepared(seed));
await device.dispose();

const words = ["serve", "--model", modelName, "--workers", workers];
const server = spawn(process.execPath, ["--import", "tsx", MAIN, ...words], {
  stdio: ["ignore", "pipe", "inherit"],
});
const [line] = (await once(server.stdout, "data")) as [Buffer];
const { url, token } = JSON.parse(line.toString()) as { url: string; token: string };
const agent = new Agent({ keepAlive: true, maxSockets: Number(clients) });

function ask(method: string, path: string, body?: string | Buffer) {
  return new Promise<{ status: number; body: Buffer }>((resolve, reject) => {
    const type = typeof body === "string" ? "application/json" : "image/png";
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && {
        "content-type": type,
        "content-length": Buffer.byteLength(body),
      }),
    };
    const asking = request(`${url}${path}`, { method, agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () =>
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks) }),
      );
    });
    asking.on("error", reject);
    asking.end(body);
  });
}

/** Resident memory of the server in MB. */
function resident(): number {
  const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1000;
}

const times: number[] = [];
const counts = new Map<number, number>();
const failures = new Map<number, number>();
let wrong = 0;

async function client(number: number, until: number): Promise<void> {
  const { picture, file, masks } = pictures[number % PICTURES];
  const opened = await ask("POST", "/v1/sessions?name=picture", file);
  if (opened.status !== 201) throw new Error(`${opened.status} ${opened.body}`);
  const session = `/v1/sessions/${(JSON.parse(opened.body.toString()) as { id: string }).id}`;
  for (let turn = number; performance.now() < until; turn++) {
    const set = turn % SETS.length;
    await ask("POST", `${session}/restart`);
    const start = performance.now();
    await ask("POST", `${session}/prompts`, JSON.stringify({ prompts: promptsOf(picture, set) }));
    const { status, body } = await ask("GET", `${session}/mask`);
    if (status !== 200) {
      failures.set(status, (failures.get(status) ?? 0) + 1);
      continue;
    }
    times.push(performance.now() - start);
    counts.set(number, (counts.get(number) ?? 0) + 1);
    if (!body.equals(masks[set])) wrong++;
  }
  await ask("DELETE", session);
}

const begun = performance.now();
const length = Number(seconds) * 1000;
let early = 0;
const warm = setTimeout(() => {
  early = resident();
}, length / 5);
await Promise.all(
  Array.from({ length: Number(clients) }, (_, number) => client(number, begun + length)),
);
clearTimeout(warm);
const took = (performance.now() - begun) / 1000;
const late = resident();
const about = JSON.parse((await ask("GET", "/v1/about")).body.toString()) as { now: object };
server.kill();

times.sort((a, b) => a - b);
const at = (share: number) =>
  ((times[Math.floor(share * (times.length - 1))] ?? 0) / 1000).toFixed(2);
const each = Array.from({ length: Number(clients) }, (_, number) => counts.get(number) ?? 0);
console.log(
  [
    `${clients} clients, ${modelName}, ${workers} workers: ${times.length} masks in ${took.toFixed(0)} s, ${wrong} wrong`,
    `from click to mask: p50 ${at(0.5)} s, p95 ${at(0.95)} s, most ${at(1)} s; alone it would be ${(took / times.length).toFixed(3)} s`,
    `masks of each client: ${Math.min(...each)} to ${Math.max(...each)}`,
    `not answered: ${JSON.stringify(Object.fromEntries(failures))}`,
    `resident: ${early.toFixed(0)} MB early, ${late.toFixed(0)} MB at the end: × ${(late / early).toFixed(3)}; after all sessions closed: ${JSON.stringify(about.now)}`,
  ].join("\n"),
);
