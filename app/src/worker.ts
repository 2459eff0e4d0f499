/** The segmenter's own thread: it answers the page and knows nothing of it. */

import { serveSegmenter } from "maskwise";
import { equip } from "./engine/equip.ts";

// A message to oneself waits its turn behind those that have arrived, and unlike a timer it is
// never held back for some milliseconds.
const { port1: here, port2: there } = new MessageChannel();
const paused: (() => void)[] = [];
there.onmessage = () => paused.shift()?.();

serveSegmenter(
  {
    send: (message, transfer) => self.postMessage(message, { transfer: [...transfer] }),
    receive: (listener) => self.addEventListener("message", ({ data }) => listener(data)),
  },
  equip,
  () =>
    new Promise((resolve) => {
      paused.push(resolve);
      here.postMessage(undefined);
    }),
);
