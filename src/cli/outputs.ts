/** Where the results of one run go, decided and checked before any long work. */

import { realpath } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { type FormatName, formatNames, formats } from "../formats/index.ts";
import { checkWritable, maskPathFor } from "../node/index.ts";
import { MAX_LABELS } from "../session/index.ts";

/** Stands for standard output. */
export const STANDARD_OUTPUT = "-";

export interface OutputOptions {
  readonly output?: string;
  readonly format?: FormatName;
  readonly overlay?: string;
  readonly uncertainty?: string;
  /** Pixels at least this undecided are nobody's, in (0, 1]. */
  readonly unsure?: number;
}

export interface Outputs {
  readonly mask: string;
  readonly format: FormatName;
  readonly overlay: string | undefined;
  readonly uncertainty: string | undefined;
}

/**
 * @param photo  The picture to be segmented; never an output.
 * @param labels How many labels the mask has, background included.
 * @param beside Other photos of its folder: no two get one mask file.
 * @param usage  Called with what is wrong about the options; does not return.
 */
export function outputsFor(
  photo: string,
  labels: number,
  { output, format, overlay, uncertainty, unsure }: OutputOptions,
  beside: readonly string[],
  usage: (message: string) => never,
): Outputs {
  const needs = { labels, holdsUnsure: unsure !== undefined };
  if (labels > MAX_LABELS) {
    usage(`--label: expected as many labels as a mask can hold, ${MAX_LABELS}, got ${labels}.`);
  }
  for (const [option, path] of Object.entries({
    "--overlay": overlay,
    "--uncertainty": uncertainty,
  })) {
    if (path !== undefined && extname(path).toLowerCase() !== ".png") {
      usage(`${option}: expected a name that ends in .png, got "${path}".`);
    }
  }
  const chosen = format ?? formatOf(output, needs, usage);
  if (labels > formats[chosen].maxLabels) {
    usage(
      `--format: expected one that holds ${labels} labels (${holding(needs).join(", ")}), got "${chosen}".`,
    );
  }
  if (needs.holdsUnsure && !formats[chosen].holdsUnsure) {
    usage(
      `--unsure: expected a format with a value for such pixels (${holding(needs).join(", ")}), got "${chosen}".`,
    );
  }
  return {
    mask: output ?? maskPathFor(photo, chosen, beside),
    format: chosen,
    overlay,
    uncertainty,
  };
}

/** The format a file name asks for: of those with its ending, the first that holds the labels. */
function formatOf(
  output: string | undefined,
  needs: Needs,
  usage: (message: string) => never,
): FormatName {
  const roomy = holding(needs);
  if (output === undefined || output === STANDARD_OUTPUT) return roomy[0];
  const ending = extname(output).toLowerCase();
  // Of a format that cannot hold what is needed it is told below what it lacks.
  const matching = [...roomy, ...formatNames].find(
    (name) => extname(formats[name].extension) === ending,
  );
  return (
    matching ??
    usage(
      `--output: expected a name that ends in .png, .json or .svg, got "${output}". Rename it, or say which with --format.`,
    )
  );
}

interface Needs {
  readonly labels: number;
  readonly holdsUnsure: boolean;
}

function holding({ labels, holdsUnsure }: Needs): readonly FormatName[] {
  return formatNames.filter((name) => {
    const format = formats[name];
    return labels <= format.maxLabels && (format.holdsUnsure || !holdsUnsure);
  });
}

/**
 * Make sure that every output can be written, goes to a place of its own, and is not the photo.
 *
 * @throws {Error} A path is a folder, cannot be written, or its folder is missing.
 */
export async function checkOutputs(
  photo: string,
  { mask, overlay, uncertainty }: Outputs,
  usage: (message: string) => never,
): Promise<void> {
  const named = Object.entries({
    "--output": mask,
    "--overlay": overlay,
    "--uncertainty": uncertainty,
  });
  const taken = new Map([[await canonical(photo), "the photo"]]);
  for (const [option, path] of named) {
    if (path === undefined || (path === STANDARD_OUTPUT && option === "--output")) continue;
    const place = await canonical(path);
    const other = taken.get(place);
    if (other !== undefined) {
      usage(`${option}: expected a file of its own, got "${path}", which is ${other}.`);
    }
    taken.set(place, `also ${option}`);
    await checkWritable(path);
  }
}

/** One name for every way to write a path; a file that is not there yet has only its own. */
async function canonical(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}
