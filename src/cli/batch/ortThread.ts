/** A thread that ONNX Runtime computes in. */

import { parentPort, workerData } from "node:worker_threads";
import { loadOnnxRuntime } from "../../node/index.ts";
import type { OrtLoadedSession } from "../../runtime/index.ts";
import {
  type OrtAnswer,
  type OrtAsked,
  type OrtOrder,
  type OrtReplies,
  sent,
  tensorsOf,
} from "./ortInThread.ts";

const { name } = workerData as OrtOrder;
const loaded = loadOnnxRuntime(name);
// Told to whoever asks first.
loaded.catch(() => {});
const sessions: OrtLoadedSession[] = [];

parentPort?.on("message", (asked: OrtAsked) => void serve(asked));

async function serve(asked: OrtAsked): Promise<void> {
  const { number } = asked;
  let answer: OrtAnswer;
  try {
    answer = { number, reply: await replyTo(asked) };
  } catch (error) {
    answer = { number, failed: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(answer);
}

async function replyTo(asked: OrtAsked): Promise<OrtReplies[keyof OrtReplies]> {
  if (asked.kind === "create") {
    const ort = await loaded;
    Object.assign(ort.env.wasm, asked.wasm);
    const session = await ort.InferenceSession.create(asked.model, asked.options);
    const { inputMetadata, outputMetadata } = session;
    return { inputMetadata, outputMetadata, session: sessions.push(session) - 1 };
  }
  const session = sessions[asked.session];
  if (asked.kind === "release") {
    delete sessions[asked.session];
    await session.release();
    return undefined;
  }
  return sent(await session.run(tensorsOf(await loaded, asked.feeds)));
}
