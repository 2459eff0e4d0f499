/**
 * Where ONNX Runtime spends a run: its own profile, by operator. Of every kernel the least time over
 * the runs is counted, since others on the machine only ever add to it.
 */

import { readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type * as onnxruntime from "onnxruntime-node";

type Ort = typeof onnxruntime;
type Session = onnxruntime.InferenceSession;

export interface OperatorTime {
  readonly operator: string;
  readonly ms: number;
  /** How many kernels of it there are. */
  readonly count: number;
}

export interface Profiled {
  /** ONNX Runtime as it was, but that the sessions it makes are profiled. */
  readonly ort: Ort;
  /** The time of each operator in one run, the longest first. Ends the profile. */
  operatorTimes(): readonly OperatorTime[];
}

export function profiled(ort: Ort): Profiled {
  const sessions: Session[] = [];
  const prefix = join(tmpdir(), `maskwise-profile-${process.pid}`);
  const create = async (model: Uint8Array, options: object): Promise<Session> => {
    const profiling = { enableProfiling: true, profileFilePrefix: prefix };
    const session = await ort.InferenceSession.create(model, { ...options, ...profiling });
    sessions.push(session);
    return session;
  };
  return {
    ort: { ...ort, InferenceSession: { create } as unknown as Ort["InferenceSession"] },
    operatorTimes: () => {
      for (const session of sessions) session.endProfiling();
      const files = readdirSync(dirname(prefix)).filter((name) =>
        name.startsWith(basename(prefix)),
      );
      const paths = files.map((name) => join(dirname(prefix), name));
      const events = paths.flatMap((path) => JSON.parse(readFileSync(path, "utf8")) as Event[]);
      for (const path of paths) rmSync(path);
      return byOperator(events);
    },
  };
}

interface Event {
  readonly cat: string;
  readonly name: string;
  /** In microseconds. */
  readonly dur: number;
  readonly args?: { readonly op_name?: string };
}

function byOperator(events: readonly Event[]): readonly OperatorTime[] {
  const kernels = new Map<string, { operator: string; ms: number }>();
  for (const { cat, name, dur, args } of events) {
    if (cat !== "Node" || !name.endsWith("_kernel_time")) continue;
    const ms = Math.min(dur / 1000, kernels.get(name)?.ms ?? Number.POSITIVE_INFINITY);
    kernels.set(name, { operator: args?.op_name ?? "?", ms });
  }
  const times = new Map<string, { ms: number; count: number }>();
  for (const { operator, ms } of kernels.values()) {
    const before = times.get(operator) ?? { ms: 0, count: 0 };
    times.set(operator, { ms: before.ms + ms, count: before.count + 1 });
  }
  return [...times].map(([operator, time]) => ({ operator, ...time })).sort((a, b) => b.ms - a.ms);
}
