/** Reports in files. */

import { type Report, reportSchema } from "../../evaluate/index.ts";
import { FormatError } from "../../formats/index.ts";
import { readBytes, writeFileAtomically } from "../../node/index.ts";

/**
 * @throws {Error} The file is missing or cannot be read.
 * @throws {FormatError} It is no report, with the path to the first fault.
 */
export async function readReport(path: string): Promise<Report> {
  const bytes = await readBytes("readReport", path, "a report");
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new FormatError(
      `readReport: expected JSON in "${path}", got "${(cause as Error).message}". Write it again with --json.`,
      { cause },
    );
  }
  const parsed = reportSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path: place, message }] = parsed.error.issues;
  throw new FormatError(
    `readReport: expected a report of maskwise evaluate in "${path}", got a fault at ${place.join(".") || "its root"}: ${message}. Write it again with --json.`,
  );
}

export async function writeReport(path: string, report: Report): Promise<void> {
  await writeFileAtomically(path, `${JSON.stringify(report)}\n`);
}
