import { existsSync, readdirSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const WEIGHTS = ".safetensors";

/** Weights that come with the package, two folders up in `src/` as in `dist/`. */
const SHIPPED = fileURLToPath(new URL("../../weights", import.meta.url));

/**
 * The file of weights that are called by its path, or by the name of a network that comes with the
 * package.
 *
 * @param usage Called with what is wrong about the name; does not return.
 */
export function weightsFile(name: string, usage: (message: string) => never): string {
  if (isWeights(name)) return name;
  const shipped = existsSync(SHIPPED) ? readdirSync(SHIPPED).filter(isWeights) : [];
  const found = shipped.find((file) => basename(file, WEIGHTS) === name);
  if (found !== undefined) return join(SHIPPED, found);
  const names = [...shipped.map((file) => basename(file, WEIGHTS)), `a ${WEIGHTS} file`];
  return usage(`expected ${names.join(", or ")}, got "${name}".`);
}

function isWeights(name: string): boolean {
  return extname(name).toLowerCase() === WEIGHTS;
}
