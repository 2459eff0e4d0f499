/** A golden pack: a manifest of cases, and one safetensors file per group of them. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FormatError, readSafetensors, type StoredTensor } from "../../src/formats/index.ts";

/** One number or tensor that a case must come to. */
export interface Expectation {
  readonly name: string;
  /** Name of the tensor computed in double precision. */
  readonly f64: string;
  /** Largest magnitude; tolerances are in units of it. */
  readonly scale: number;
  readonly tolF64: number;
  readonly tolF32: number;
  /**
   * Name of the tensor of flat indices, where only some entries are kept; then `sum` and
   * `sumSquares` are of all.
   */
  readonly at?: string;
  readonly sum?: number;
  readonly sumSquares?: number;
}

export interface Case {
  readonly id: string;
  readonly group: string;
  readonly kind: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Input name to tensor name. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly expect: readonly Expectation[];
  /** Outputs whose first axis counts steps along which they must not fall. */
  readonly nonDecreasing?: readonly string[];
  /** How far `recommended:` outputs are from those of the released layer. */
  readonly recommendedDiffers?: number;
}

export interface Pack {
  readonly name: string;
  readonly folder: string;
  readonly cases: readonly Case[];
  /** A tensor of a case's group, by the name the manifest uses. */
  tensor(testCase: Case, name: string): StoredTensor;
}

interface Group {
  readonly file: string;
  readonly sha256: string;
}

interface Manifest {
  readonly format: string;
  readonly pack: string;
  readonly groups: Readonly<Record<string, Group>>;
  readonly cases: readonly Case[];
}

const FORMAT = "golden-1";

/**
 * Open a pack. Files of groups are read, and their checksums compared, when first asked for.
 *
 * @throws {FormatError} Not a pack of this format, or a file that is not the one the manifest means.
 */
export function openPack(folder: string): Pack {
  const path = join(folder, "manifest.json");
  const manifest = parseManifest(path, readFileSync(path, "utf8"));
  const groups = new Map<string, ReadonlyMap<string, StoredTensor>>();
  const groupOf = (name: string): ReadonlyMap<string, StoredTensor> => {
    const known = groups.get(name);
    if (known !== undefined) return known;
    const read = readGroup(folder, name, manifest.groups[name]);
    groups.set(name, read);
    return read;
  };
  return {
    name: manifest.pack,
    folder,
    cases: manifest.cases,
    tensor({ id, group }, name) {
      const found = groupOf(group).get(name);
      if (found === undefined) {
        throw new FormatError(`${path}: ${id} asks for the tensor "${name}", which is not there.`);
      }
      return found;
    },
  };
}

function parseManifest(path: string, text: string): Manifest {
  let manifest: Partial<Manifest>;
  try {
    manifest = JSON.parse(text) as Partial<Manifest>;
  } catch (cause) {
    throw new FormatError(`${path}: expected JSON, got "${(cause as Error).message}".`, { cause });
  }
  if (manifest?.format !== FORMAT) {
    throw new FormatError(`${path}: expected format "${FORMAT}", got "${manifest?.format}".`);
  }
  if (!Array.isArray(manifest.cases) || typeof manifest.groups !== "object") {
    throw new FormatError(`${path}: expected cases and groups, got neither or one.`);
  }
  return manifest as Manifest;
}

function readGroup(
  folder: string,
  name: string,
  group: Group | undefined,
): ReadonlyMap<string, StoredTensor> {
  if (group === undefined) throw new FormatError(`${folder}: no group "${name}" in the manifest.`);
  const path = join(folder, group.file);
  const bytes = new Uint8Array(readFileSync(path));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== group.sha256) {
    throw new FormatError(
      `${path}: expected sha256 ${group.sha256}, got ${sha256}. The file and its manifest are not of one pack.`,
    );
  }
  return readSafetensors(bytes).tensors;
}
