/** `maskwise convert`: annotations of a data set in, the same in another format out. */

import { Command, InvalidArgumentError, Option } from "commander";
import { type AnnotationFormatName, annotationFormatNames } from "../formats/index.ts";
import { type Conversion, convertAnnotations } from "../node/index.ts";
import { formatOfOutput } from "./formatOfOutput.ts";
import { keptTable } from "./keptTable.ts";
import type { Terminal } from "./terminal.ts";

const EXAMPLES = `
What was written is read again and laid beside what there was: the table says what was kept.
docs/formats.md says what each format holds.

Examples:
  $ maskwise convert instances.json labels/ --to labelme
  $ maskwise convert labels/ annotations.xml --from yolo --to cvat --images photos/
  $ maskwise convert masks.zip coco.json --to coco --polygons --tolerance 1
  $ maskwise convert coco.json voc/ --to voc --strict`;

/** As commander hands them over. */
interface Typed {
  readonly from?: AnnotationFormatName;
  readonly to?: AnnotationFormatName;
  readonly images?: string;
  readonly tolerance: number;
  readonly polygons?: true;
  readonly strict?: true;
  readonly replace?: true;
  readonly json?: true;
}

export function convertCommand(terminal: Terminal): Command {
  return new Command("convert")
    .description("Convert annotations of a data set, and say what was kept and what was lost.")
    .argument("<in>", "a folder, a file or a zip archive of annotations")
    .argument("<out>", "where they go: a folder, a file, or a name that ends in .zip")
    .addOption(
      new Option("--from <format>", "of the input (default: what it looks like)").choices(
        annotationFormatNames,
      ),
    )
    .addOption(
      new Option("--to <format>", "of the output (default: by its ending)").choices(
        annotationFormatNames,
      ),
    )
    .option("--images <folder>", "the images, for formats that do not say how large they are")
    .option("--polygons", "write masks as polygons where the format knows both")
    .addOption(
      new Option("--tolerance <px>", "how far an outline may move where masks become polygons")
        .default(0)
        .argParser(pixels),
    )
    .option("--strict", "write nothing if anything would be lost")
    .option("--replace", "replace files that are there")
    .option("--json", "print the table for programs on standard output")
    .addHelpText("after", EXAMPLES)
    .action(async (input: string, output: string, typed: Typed, command: Command) => {
      const { json, to, ...options } = typed;
      const chosen = to ?? formatOfOutput(output);
      if (chosen === undefined) {
        return command.error(
          `error: --to: expected a format (${annotationFormatNames.join(", ")}), got none, and "${output}" does not tell.`,
        );
      }
      const conversion = await convertAnnotations(input, output, { ...options, to: chosen });
      await tell(conversion, output, json === true, terminal);
    });
}

async function tell(
  conversion: Conversion,
  output: string,
  json: boolean,
  terminal: Terminal,
): Promise<void> {
  const { kept, passedOver, isLossless, isWritten } = conversion;
  if (json) {
    const told = { ...conversion, passedOver: Object.fromEntries(passedOver), output };
    await terminal.result(`${JSON.stringify(told, undefined, 2)}\n`);
  } else {
    await terminal.result(keptTable(kept, passedOver));
  }
  if (!isWritten) {
    throw new Error(
      `convert: expected nothing to be lost (--strict), got losses from ${conversion.from} to ${conversion.to}; see the table. Nothing was written.`,
    );
  }
  terminal.talk(`wrote ${output}${isLossless ? ": nothing was lost" : ""}\n`);
}

function pixels(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0)) {
    throw new InvalidArgumentError("Expected a number of pixels from 0.");
  }
  return value;
}
