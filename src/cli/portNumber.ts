import { InvalidArgumentError } from "commander";

/** The argument of `--port`. */
export function portNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65535) {
    throw new InvalidArgumentError("Expected a whole number from 0 to 65535.");
  }
  return value;
}
