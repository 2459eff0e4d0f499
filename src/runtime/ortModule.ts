/**
 * The part of ONNX Runtime's interface that we use, as types of our own: `onnxruntime-node` and
 * `onnxruntime-web` fit it, and nothing here depends on either.
 */

import type { TensorData } from "../tensor/hostTensor.ts";

/** The module `onnxruntime-node` or `onnxruntime-web`, as it is imported. */
export interface OrtModule {
  readonly InferenceSession: {
    create(model: Uint8Array, options: object): Promise<OrtLoadedSession>;
  };
  readonly Tensor: OrtTensorConstructor;
  readonly env: {
    logLevel?: OrtLogLevel | undefined;
    readonly wasm: { numThreads?: number | undefined };
  };
  /** In Node only: what this build has. */
  listSupportedBackends?(): readonly { readonly name: string; readonly bundled: boolean }[];
}

type OrtTensorConstructor = new (
  type: OrtType,
  data: TensorData,
  sizes: readonly number[],
) => OrtTensor;

/** From which weight on messages are printed. */
type OrtLogLevel = "verbose" | "info" | "warning" | "error" | "fatal";

export type OrtType = "float32" | "int32" | "bool";

/** What a model says of an input or an output; a type and a shape where it is a tensor. */
export interface OrtValue {
  readonly name: string;
  readonly type?: string;
  /** Sizes, and names of those that are known only when the model runs. */
  readonly shape?: readonly (number | string)[];
}

export interface OrtTensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly location: string;
  readonly data: unknown;
  dispose(): void;
}

/** A session as it is made, which knows what its model takes and gives. */
export interface OrtLoadedSession extends OrtSession {
  readonly inputMetadata: readonly OrtValue[];
  readonly outputMetadata: readonly OrtValue[];
}

export interface OrtSession {
  run(feeds: Readonly<Record<string, OrtTensor>>): Promise<Readonly<Record<string, OrtTensor>>>;
  release(): Promise<void>;
}
