/** A thread that opens pictures and answers sessions for `maskwise serve`. */

import { parentPort, workerData } from "node:worker_threads";
import { deviceFor, openModel } from "../../node/index.ts";
import { type Order, serveOrders } from "../../server/index.ts";
import type { ThreadOrder } from "./startSegmentingThread.ts";

const { model: name, device: deviceName, threads, maxMegapixels } = workerData as ThreadOrder;
const model = await openModel(name, { device: deviceName, threads });
const { run } = await deviceFor(name, deviceName, { threads });

serveOrders(
  {
    send: (report, transfer) => parentPort?.postMessage(report, [...transfer]),
    receive: (listener) => parentPort?.on("message", (order: Order) => listener(order)),
  },
  { model, run, maxMegapixels },
);
