import type { Graph } from "../graph/graph.ts";
import { type IndexInput, indexInputs } from "../graph/indexInputs.ts";
import { type LoweredGraph, lower } from "../graph/onnx/lower.ts";
import { encodeModel, type OnnxModel } from "../graph/onnx/model.ts";
import type { ModelPrecision } from "../graph/onnx/writer.ts";
import type { HostTensor } from "../tensor/hostTensor.ts";
import { digest } from "./digest.ts";
import { inTurn } from "./inTurn.ts";
import { explained, MissingKernel } from "./ortErrors.ts";
import type { OrtModule, OrtSession, OrtTensor, OrtType } from "./ortModule.ts";
import { sessionCache } from "./sessionCache.ts";

export interface OrtDeviceOptions {
  /**
   * Who computes: `cpu` and, where the build has them, `webgpu`, `cuda`, … (`onnxruntime-node`);
   * `wasm`, `webgpu` (`onnxruntime-web`). @default "cpu"
   */
  readonly provider?: string;
  /**
   * How many threads compute, at least 1; for `wasm`, what the first device asks for holds for all.
   * @default as many as ONNX Runtime thinks best
   */
  readonly threads?: number;
  /** What floats are kept in between a graph's inputs and outputs. @default "float32" */
  readonly precision?: ModelPrecision;
  /** How many compiled graphs to keep besides those in use; at least 0. @default 32 */
  readonly sessions?: number;
}

/** Where results are to lie: in memory, or where the provider computes. */
type Place = "memory" | "device";

type Tensors = Readonly<Record<string, OrtTensor>>;

/** A model, and how to make the session that runs it. */
interface Model {
  /** Equal for equal models. */
  readonly key: string;
  readonly make: () => Promise<OrtSession>;
  /** There is a session: what was kept to make it with need not be kept any longer. */
  readonly isMade: () => void;
}

/** A graph as a model, and what is to be known to run it. */
export interface Compiled extends Model {
  /** What each output of the graph is called in the model. */
  readonly outputNames: Readonly<Record<string, string>>;
  readonly indices: readonly IndexInput[];
}

/** Makes graphs into sessions, keeps these, and runs them. */
export interface OrtCompiler {
  /** A graph for this provider, with some inputs known. */
  compile(graph: Graph, constants: Readonly<Record<string, HostTensor>>, place: Place): Compiled;
  run(compiled: Model, feeds: Tensors): Promise<Tensors>;
  /** Keep a session until the returned function is called. */
  hold(compiled: Model): Promise<() => Promise<void>>;
  /** The same tensor in another place. */
  copy(value: OrtTensor, type: OrtType, place: Place): Promise<OrtTensor>;
  dispose(): Promise<void>;
}

/**
 * @param note Told what had to be done otherwise than asked.
 * @throws {RangeError} When a number of threads or sessions is not whole or too small.
 */
export function ortCompiler(
  ort: OrtModule,
  options: OrtDeviceOptions,
  note: (text: string) => void,
): OrtCompiler {
  const { provider = "cpu", threads, precision = "float32", sessions: most = 32 } = options;
  if (threads !== undefined) checkCount("threads", threads, 1);
  checkCount("sessions", most, 0);
  // WebAssembly has one set of threads, made with the first session of all.
  if (provider === "wasm" && threads !== undefined) ort.env.wasm.numThreads = threads;
  const kernels = provider === "webgpu" ? "webgpu" : "cpu";
  const sessions = sessionCache<OrtSession>(most);
  const known: Readonly<Record<Place, WeakMap<Graph, Compiled>>> = {
    memory: new WeakMap(),
    device: new WeakMap(),
  };

  function meaningOf(error: unknown, doing: string): Error {
    const meaning = explained(error, doing, provider, ort);
    if (meaning instanceof MissingKernel) {
      note(`${meaning.message} The interpreter runs such graphs instead.`);
    }
    return meaning;
  }

  async function create(bytes: Uint8Array, place: Place): Promise<OrtSession> {
    const settings = {
      executionProviders: [provider],
      // Errors are thrown, and what else it has to say is for those who work on models.
      logSeverityLevel: 4,
      ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
      ...(place === "device" && provider === "webgpu"
        ? { preferredOutputLocation: "gpu-buffer" }
        : {}),
    };
    try {
      if (LEAVES_TO_CPU.includes(provider)) return await createStrictly(bytes, settings);
      return await ort.InferenceSession.create(bytes, settings);
    } catch (error) {
      throw meaningOf(error, "compiling a graph");
    }
  }

  /** Without leaving anything to the CPU, if that is possible; with a note if not. */
  async function createStrictly(bytes: Uint8Array, settings: object): Promise<OrtSession> {
    const extra = { session: { disable_cpu_ep_fallback: "1" } };
    try {
      return await ort.InferenceSession.create(bytes, { ...settings, extra });
    } catch (error) {
      if (!(explained(error, "", provider, ort) instanceof MissingKernel)) throw error;
      const session = await ort.InferenceSession.create(bytes, settings);
      note(`"${provider}" has no kernel for some operations of a graph: they run on the CPU.`);
      return session;
    }
  }

  /** The session, released when nothing else is under way. */
  function inTurnReleased(session: OrtSession): OrtSession {
    return {
      run: (feeds) => session.run(feeds),
      release: () => inTurn(ort, () => session.release()),
    };
  }

  function modelOf(first: OnnxModel, content: () => OnnxModel, place: Place): Model {
    // Kept until a session is there, whoever made it; written again if one is needed later.
    let bytes: Uint8Array | undefined = encodeModel(first);
    return {
      key: `${place} ${digest(bytes)}`,
      make: () => {
        const written = bytes ?? encodeModel(content());
        return inTurn(ort, async () => inTurnReleased(await create(written, place)));
      },
      isMade: () => {
        bytes = undefined;
      },
    };
  }

  function compileAnew(
    graph: Graph,
    constants: Readonly<Record<string, HostTensor>>,
    place: Place,
  ): Compiled {
    const lowered = (): LoweredGraph => lower(graph, { constants, kernels, precision });
    const nameless = ({ model }: LoweredGraph): OnnxModel => ({ ...model, ...ANONYMOUS });
    const first = lowered();
    return {
      ...modelOf(nameless(first), () => nameless(lowered()), place),
      outputNames: first.outputNames,
      indices: indexInputs(graph),
    };
  }

  function run({ key, make, isMade }: Model, feeds: Tensors): Promise<Tensors> {
    return sessions.use(key, make, async (session) => {
      isMade();
      try {
        return await inTurn(ort, () => session.run(feeds));
      } catch (error) {
        throw meaningOf(error, "running a graph");
      }
    });
  }

  return {
    compile: (graph, constants, place) => {
      if (Object.keys(constants).length > 0) return compileAnew(graph, constants, place);
      const compiled = known[place].get(graph) ?? compileAnew(graph, constants, place);
      known[place].set(graph, compiled);
      return compiled;
    },
    run,
    hold: async ({ key, make, isMade }) => {
      const letGo = await sessions.hold(key, make);
      isMade();
      return letGo;
    },
    copy: async (value, type, place) => {
      const content = (): OnnxModel => copyingModel(type, value.dims);
      const { copied } = await run(modelOf(content(), content, place), { value });
      return copied;
    },
    dispose: () => sessions.clear(),
  };
}

function checkCount(option: string, count: number, least: number): void {
  if (Number.isSafeInteger(count) && count >= least) return;
  throw new RangeError(
    `ortDevice: expected a whole number of ${option} of at least ${least}, got ${count}.`,
  );
}

const ANONYMOUS = { name: "maskwise", producerVersion: "", metadata: {} };

/** Providers that leave what they cannot do to the CPU. */
const LEAVES_TO_CPU: readonly string[] = ["webgpu", "cuda"];

function copyingModel(element: OrtType, dimensions: readonly number[]): OnnxModel {
  const [from, to] = ["value", "copied"].map((name) => ({ name, element, dimensions }));
  const node = { type: "Identity", inputs: ["value"], outputs: ["copied"] };
  return {
    ...ANONYMOUS,
    nodes: [{ ...node, domain: "", attributes: {} }],
    initialisers: [],
    inputs: [from],
    outputs: [to],
  };
}
