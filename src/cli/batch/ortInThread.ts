/**
 * ONNX Runtime in a thread of its own. In Node a session holds up the thread that runs it; one that is
 * run here lets the caller go on meanwhile.
 */

import { loadOnnxRuntime, type OnnxRuntimePackage } from "../../node/index.ts";
import type { OrtLoadedSession, OrtModule, OrtTensor, OrtType } from "../../runtime/index.ts";
import type { TensorData } from "../../tensor/index.ts";
import { startThread } from "../startThread.ts";

/** What the thread is started with. */
export interface OrtOrder {
  readonly name: OnnxRuntimePackage;
}

/** Tensors as they go from thread to thread; of the types that our graphs take and give. */
export type SentTensors = Readonly<
  Record<
    string,
    { readonly type: OrtType; readonly data: TensorData; readonly dims: readonly number[] }
  >
>;

export type OrtAsked = { readonly number: number } & (
  | {
      readonly kind: "create";
      readonly model: Uint8Array;
      readonly options: object;
      readonly wasm: OrtModule["env"]["wasm"];
    }
  | {
      readonly kind: "run";
      readonly session: number;
      readonly feeds: SentTensors;
    }
  | { readonly kind: "release"; readonly session: number }
);

/** What comes back, by what was asked. */
export interface OrtReplies {
  readonly create: Pick<OrtLoadedSession, "inputMetadata" | "outputMetadata"> & {
    readonly session: number;
  };
  readonly run: SentTensors;
  readonly release: undefined;
}

/** What is asked in one way, without its number. */
type Asking<Kind extends OrtAsked["kind"]> = Omit<Extract<OrtAsked, { kind: Kind }>, "number">;

export type OrtAnswer = { readonly number: number } & (
  | { readonly reply: OrtReplies[keyof OrtReplies] }
  | { readonly failed: string }
);

/**
 * The package, with sessions that run in a thread. It begins at once, and does not keep the process
 * alive when nothing runs in it.
 *
 * @param lost Called when the thread ends, before what it was at fails; nothing runs in it from then on.
 * @throws {Error} The package is not installed, or has no build for this machine.
 */
export async function ortInThread(
  name: OnnxRuntimePackage,
  lost: (reason: Error) => void,
): Promise<OrtModule> {
  const ort = await loadOnnxRuntime(name);
  const order: OrtOrder = { name };
  const { worker, unlessEnded } = startThread(new URL("./ortThread.ts", import.meta.url), order);
  let isLost = false;
  const ended = (reason: Error): void => {
    if (!isLost) lost(reason);
    isLost = true;
  };
  worker.once("error", ended);
  worker.once("exit", () => ended(new Error("the thread that ONNX Runtime computed in ended.")));
  const waiting = new Map<number, (answer: OrtAnswer) => void>();
  let count = 0;
  worker.on("message", (answer: OrtAnswer) => {
    waiting.get(answer.number)?.(answer);
    waiting.delete(answer.number);
    if (waiting.size === 0) worker.unref();
  });
  worker.unref();

  async function ask<Kind extends OrtAsked["kind"]>(
    question: Asking<Kind>,
  ): Promise<OrtReplies[Kind]> {
    const number = count++;
    const answered = new Promise<OrtAnswer>((resolve) => waiting.set(number, resolve));
    worker.ref();
    worker.postMessage({ number, ...question });
    const answer = await unlessEnded(answered);
    if ("failed" in answer) throw new Error(answer.failed);
    return answer.reply as OrtReplies[Kind];
  }

  return {
    ...ort,
    InferenceSession: {
      create: async (model, options) => {
        const { wasm } = ort.env;
        const { session, ...described } = await ask<"create">({
          kind: "create",
          model,
          options,
          wasm,
        });
        return {
          ...described,
          run: async (feeds) => {
            const results = await ask<"run">({ kind: "run", session, feeds: sent(feeds) });
            return tensorsOf(ort, results);
          },
          release: () => ask<"release">({ kind: "release", session }),
        };
      },
    },
  };
}

/** Tensors as a message takes them. */
export function sent(tensors: Readonly<Record<string, OrtTensor>>): SentTensors {
  return mapValues(tensors, ({ type, data, dims }) => ({
    type: type as OrtType,
    data: data as TensorData,
    dims,
  }));
}

/** Tensors of ONNX Runtime again. */
export function tensorsOf(
  { Tensor }: OrtModule,
  tensors: SentTensors,
): Readonly<Record<string, OrtTensor>> {
  return mapValues(tensors, ({ type, data, dims }) => new Tensor(type, data, dims));
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
