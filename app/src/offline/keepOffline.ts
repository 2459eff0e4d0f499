/**
 * The page keeps itself in the browser, by `sw.js` beside it: after the first visit it opens without
 * a network, and it can be installed. A page from the disk, or from the local server, which is at
 * hand whenever its photos are, needs neither.
 */

import type { Studio } from "../desk/studio.ts";
import { texts } from "../texts.ts";

export async function keepOffline(studio: Studio): Promise<void> {
  if (!import.meta.env.PROD || !canKeep(location)) return;
  // Nothing is fetched twice, and nothing slows the first photo down.
  await studio.settled();
  const manifest = document.createElement("link");
  Object.assign(manifest, { rel: "manifest", href: "manifest.webmanifest" });
  document.head.append(manifest);
  const isFirst = navigator.serviceWorker.controller === null;
  try {
    const registration = await navigator.serviceWorker.register("sw.js");
    tellOfUpdates(studio, registration);
    if (!isFirst) return;
    await navigator.serviceWorker.ready;
    studio.notify("done", texts.offline.ready);
  } catch {
    // A browser that keeps nothing, such as in private windows: all works as long as it is online.
  }
}

function canKeep({ protocol, hash }: Location): boolean {
  const isServedLocally = new URLSearchParams(hash.slice(1)).has("token");
  return protocol.startsWith("http") && "serviceWorker" in navigator && !isServedLocally;
}

/** A newer page is fetched in the background, and taken when the person says so. */
function tellOfUpdates(studio: Studio, registration: ServiceWorkerRegistration): void {
  const { serviceWorker } = navigator;
  const tell = (waiting: ServiceWorker): void =>
    studio.notify("note", texts.offline.update, {
      name: texts.offline.take,
      run: () => {
        serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
        waiting.postMessage("take over");
      },
    });
  const watch = (fresh: ServiceWorker | null): void => {
    const look = (): void => {
      if (fresh?.state === "installed" && serviceWorker.controller) tell(fresh);
    };
    fresh?.addEventListener("statechange", look);
    look();
  };
  watch(registration.waiting);
  watch(registration.installing);
  registration.addEventListener("updatefound", () => watch(registration.installing));
}
