/** `maskwise evaluate`: simulated annotators against known masks, and the numbers papers print. */

import { Command, InvalidArgumentError, Option } from "commander";
import { patternNames } from "../clicks/index.ts";
import { readerNames, readers } from "../data/index.ts";
import { DEFAULT_MODEL } from "../models/index.ts";
import { deviceOption } from "./deviceOption.ts";
import { type EvaluateRun, evaluate } from "./evaluate.ts";
import type { Terminal } from "./terminal.ts";

const LAYOUTS = readerNames
  .map((name) => `  ${name.padEnd(10)} ${readers[name].looksFor}`)
  .join("\n");

const EXAMPLES = `
Layouts of folders, by --format:
${LAYOUTS}

Every object gets all its clicks; nobody stops at a target. Ctrl-C leaves a valid report of what
was done, which --resume continues.

Examples:
  $ maskwise evaluate --data sets/ --set grabcut,berkeley --json small.json
  $ maskwise evaluate --data photos/ --clicks 5
  $ maskwise evaluate --data coco/ --set val2017 --max 500
  $ maskwise evaluate --data VOCdevkit/ --set voc2012_val --pattern uniform --seed 2
  $ maskwise evaluate --data sets/ --model colour --compare small.json
  $ maskwise evaluate --data sets/ --model ./mine.onnx`;

type Typed = Omit<EvaluateRun, "terminal" | "usage">;

export function evaluateCommand(terminal: Terminal): Command {
  return new Command("evaluate")
    .description("Measure a model on sets of photos whose masks are known, by simulated clicks.")
    .requiredOption("--data <path>", "folder with a data set or several, or one file of a set")
    .addOption(
      new Option("--format <name>", "how the folder is laid out (default: recognised)").choices(
        readerNames,
      ),
    )
    .option("--set <names>", "only these sets, separated by commas (default: all)", names)
    .option(
      "--model <name>",
      "a model by name, a .safetensors or .onnx file, or a JavaScript file that exports one",
      DEFAULT_MODEL,
    )
    .addOption(deviceOption())
    .addOption(whole("--clicks <number>", "how many clicks each object gets", 1).default(20))
    .addOption(
      new Option("--pattern <name>", "where in the largest error people click")
        .choices(patternNames)
        .default("centre"),
    )
    .option("--flip", "also look at the mirror image, and average", false)
    .option("--zoom", "look closer around the mask from the second click on", false)
    .addOption(whole("--seed <number>", "of the random patterns", 0).default(1))
    .addOption(
      whole("--max <number>", "of each set, only the first so many objects", 1).default(
        Number.POSITIVE_INFINITY,
        "all",
      ),
    )
    .addOption(
      whole("--threads <number>", "objects worked on at a time (default: one per core)", 1),
    )
    .option(
      "--compare <report>",
      "also tell and draw another run and the paired differences; may be repeated",
      (path: string, before: readonly string[]) => [...before, path],
      [],
    )
    .option("--json <file>", "write the report, with every click, for programs")
    .option("--html <file>", "write a page with figures and the best and worst objects")
    .option("--figures <folder>", "write the figures as SVG and PNG")
    .option("--table <file>", "write a table of this run and those of --compare as Markdown")
    .option("--resume", "continue the report of --json where it stopped", false)
    .option("--strict", "fail at an object that cannot be evaluated, instead of listing it", false)
    .addHelpText("after", EXAMPLES)
    .action(async (typed: Typed, command: Command) => {
      await evaluate({
        ...typed,
        terminal,
        usage: (message) => command.error(`error: ${message}`),
      });
    });
}

function names(text: string): readonly string[] {
  const found = text.split(",").map((name) => name.trim());
  if (found.includes("") || new Set(found).size < found.length) {
    throw new InvalidArgumentError("Expected different names, separated by commas.");
  }
  return found;
}

function whole(flags: string, description: string, least: number): Option {
  return new Option(flags, description).argParser((text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || !Number.isSafeInteger(value)) {
      throw new InvalidArgumentError(`Expected a whole number from ${least}.`);
    }
    return value;
  });
}
