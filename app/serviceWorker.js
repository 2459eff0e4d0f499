/**
 * Keeps the page and all beside it in the browser, so that it opens without a network.
 *
 * `tools/offline.mjs` writes two constants before this: `VERSION`, a hash of everything, and `FILES`,
 * by address what is kept: the hash of its bytes, and whether it is kept from the start (`early`) or
 * only once it was asked for. A version is kept whole or not at all; a newer one waits until the
 * page says "take over".
 */

/* global VERSION, FILES */

const CACHE = `maskwise-files-${VERSION}`;
const PAGE = "./";

const addressOf = (name) => new URL(name, self.registration.scope).href;
const files = new Map(Object.entries(FILES).map(([name, file]) => [addressOf(name), file]));

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("message", ({ data }) => {
  if (data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { origin, pathname } = new URL(request.url);
  const plain = origin + pathname;
  const isPage = plain === addressOf(PAGE) || plain === addressOf("index.html");
  const address = isPage ? addressOf(PAGE) : plain;
  if (files.has(address)) event.respondWith(kept(address));
});

async function keepAll() {
  const early = [...files].filter(([, { early }]) => early);
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(early.map(([address]) => keep(cache, address)));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function takeOver() {
  for (const name of await caches.keys()) {
    if (name.startsWith("maskwise-files-") && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
}

/** What is kept, or what the network says where it is not kept yet. */
async function kept(address) {
  const cache = await caches.open(CACHE);
  return (await cache.match(address)) ?? keep(cache, address);
}

/** Take a file over from the version before, or fetch it; where its bytes are known, only those are kept. */
async function keep(cache, address) {
  const { integrity } = files.get(address);
  const answer =
    (integrity && (await unchanged(address, integrity))) || (await fetched(address, integrity));
  const { headers } = answer;
  // Made anew: a redirected answer, which static hosts make of "index.html", may be no page.
  await cache.put(address, new Response(answer.clone().body, { headers }));
  return answer;
}

async function fetched(address, integrity) {
  const cache = integrity ? "force-cache" : "reload";
  const answer = await fetch(address, { cache, integrity });
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${answer.statusText}`);
  return answer;
}

async function unchanged(address, integrity) {
  const before = await caches.match(address);
  if (!before) return undefined;
  const hash = new Uint8Array(
    await crypto.subtle.digest("SHA-256", await before.clone().arrayBuffer()),
  );
  return integrity === `sha256-${btoa(String.fromCharCode(...hash))}` ? before : undefined;
}
