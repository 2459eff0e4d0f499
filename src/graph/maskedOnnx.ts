/** What the ONNX lowerings of softmax and logSumExp share. */

import { type Axis, tensor } from "../tensor/hostTensor.ts";
import type { Shape } from "./node.ts";
import type { OnnxWriter } from "./onnxWriter.ts";

/** The logits with all axes of both, −∞ where they are not allowed. */
export function allowedLogits(
  [x, allowed]: readonly string[],
  [logits, mask]: readonly Shape[],
  full: readonly Axis[],
  write: OnnxWriter,
): string {
  if (mask === undefined) return write.inFull(x, logits.axes, full);
  const [choice, there] = [
    write.aligned(allowed, mask.axes, full),
    write.aligned(x, logits.axes, full),
  ];
  return write.node("Where", [choice, there, number(-Infinity, write)]);
}

/** The largest along one axis, which stays with size 1. */
export function largestAlong(x: string, place: number, write: OnnxWriter): string {
  return write.node("ReduceMax", [x], { axes: [place], keepdims: 1 });
}

/** A float without axes. */
export function number(value: number, write: OnnxWriter): string {
  return write.constant(tensor({}, [value]));
}
