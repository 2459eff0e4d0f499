import type { Sides } from "../../src/graph/index.ts";
import { NotSupported } from "./caseInputs.ts";
import type { Case } from "./pack.ts";

/**
 * The options of a case.
 *
 * @throws {NotSupported} When it has one that is not listed: leaving it out would answer another
 *   question.
 */
export function optionsOf(
  { kind, options }: Case,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) throw new NotSupported(`option "${name}" of ${kind}`);
  }
  return options;
}

/** An option that is a number for both sides of an image, or `[height, width]`. */
export function perSide(option: unknown, otherwise: number): Sides<number> {
  if (Array.isArray(option)) {
    const [height, width] = option as readonly number[];
    return { height, width: width ?? height };
  }
  const both = (option ?? otherwise) as number;
  return { height: both, width: both };
}
