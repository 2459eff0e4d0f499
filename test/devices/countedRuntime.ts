import { loadOnnxRuntime } from "../../src/node/index.ts";
import type { OrtModule } from "../../src/runtime/index.ts";

/** ONNX Runtime, and an account of its sessions. */
export interface CountedRuntime {
  readonly ort: OrtModule;
  /** How many sessions were made so far. */
  made(): number;
  /** How many of them are still there. */
  alive(): number;
}

export async function countedRuntime(): Promise<CountedRuntime> {
  const { InferenceSession, Tensor, env } = await loadOnnxRuntime();
  let made = 0;
  let released = 0;
  return {
    ort: {
      Tensor,
      env,
      InferenceSession: {
        create: async (model, options) => {
          made++;
          const session = await InferenceSession.create(model, options);
          const { inputMetadata, outputMetadata } = session;
          return {
            inputMetadata,
            outputMetadata,
            run: (feeds) => session.run(feeds),
            release: () => {
              released++;
              return session.release();
            },
          };
        },
      },
    },
    made: () => made,
    alive: () => made - released,
  };
}
