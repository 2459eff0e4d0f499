import { createRequire } from "node:module";
import { arch, cpus, platform, release, totalmem } from "node:os";
import { version } from "../version.ts";

/** What everything runs on. */
export interface SystemDescription {
  readonly maskwise: string;
  readonly node: string;
  /** Versions of optional packages; `null` for one that is not installed. */
  readonly packages: Readonly<Record<string, string | null>>;
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
  /** In GiB. */
  readonly memory: number;
}

const PACKAGES = ["onnxruntime-node", "onnxruntime-web"];

export function describeSystem(): SystemDescription {
  const processors = cpus();
  return {
    maskwise: version(),
    node: process.versions.node,
    packages: Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
    system: `${platform()} ${release()} ${arch()}`,
    processor: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    memory: Math.round(totalmem() / 2 ** 30),
  };
}

/** From the package's own description, found beside its entry. */
function versionOf(name: string): string | null {
  const { resolve } = createRequire(import.meta.url);
  const load = createRequire(import.meta.url);
  try {
    const [folder] = resolve(name).split(new RegExp(`(?<=node_modules[\\\\/]${name}[\\\\/])`));
    const { version: found } = load(`${folder}package.json`) as { readonly version: string };
    return found;
  } catch {
    return null;
  }
}
