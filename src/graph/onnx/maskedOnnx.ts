/** What the ONNX lowerings of softmax and logSumExp share. */

import { type Axis, tensor } from "../../tensor/hostTensor.ts";
import type { Shape } from "../node.ts";
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

/**
 * e^(x − largest) along one axis, and their total, which is at least 1; both keep the axis. A line of
 * −∞ alone has no largest: nothing is subtracted, and its total is 0.
 */
export function exponentials(
  logits: string,
  place: number,
  write: OnnxWriter,
): { readonly terms: string; readonly total: string; readonly shift: string } {
  const largest = largestAlong(logits, place, write);
  const isEmpty = write.node("Equal", [largest, number(-Infinity, write)]);
  const shift = write.node("Where", [isEmpty, number(0, write), largest]);
  const terms = write.node("Exp", [write.node("Sub", [logits, shift])]);
  const total = write.node("ReduceSum", [terms, write.integers([place])], { keepdims: 1 });
  return { terms, total, shift };
}

/** The largest along one axis, which stays with size 1. */
export function largestAlong(x: string, place: number, write: OnnxWriter): string {
  return write.node("ReduceMax", [x], { axes: [place], keepdims: 1 });
}

/** A float without axes. */
export function number(value: number, write: OnnxWriter): string {
  return write.constant(tensor({}, [value]));
}
