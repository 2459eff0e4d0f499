/** Inputs and outputs of a network's file: how they are told, and what they hold. */

import { FormatError } from "../../formats/formatError.ts";
import type { NetworkValue } from "../../graph/onnx/network.ts";

/** @throws {FormatError} When a value that is there holds anything but `float32`. */
export function checkType(
  file: string,
  what: "input" | "output",
  value: NetworkValue | undefined,
): void {
  if (value === undefined || value.type === "float32") return;
  throw new FormatError(
    `${file}: expected the ${what} "${value.name}" to be float32, got ${value.type}. Put a Cast into the model when you export it.`,
  );
}

export function namesOf(values: readonly NetworkValue[]): string {
  return values.map(({ name }) => `"${name}"`).join(", ") || "none";
}

/** Sizes as they are written: `[1, 3, height, width]`. */
export function shown(sizes: readonly (number | string)[]): string {
  return `[${sizes.map((size) => (size === "" ? "?" : size)).join(", ")}]`;
}
