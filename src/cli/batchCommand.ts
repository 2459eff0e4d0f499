/** `maskwise batch`: masks for many pictures, from what something else knows of their objects. */

import { Command, InvalidArgumentError, Option } from "commander";
import { type PromptKind, promptKinds } from "../batch/index.ts";
import { annotationFormatNames } from "../formats/index.ts";
import { type BatchRun, batch } from "./batch.ts";
import { deviceOption } from "./deviceOption.ts";
import { modelOption } from "./modelOption.ts";
import type { Terminal } from "./terminal.ts";

const EXAMPLES = `
Boxes, points and masks come from COCO JSON (bbox, keypoints, segmentation), from a table (CSV) or from
JSON of our own; masks also from files named as the pictures (docs/batch.md). Every object is segmented by
itself. Results wait in a folder beside --out, named like it with .parts, until all are there: Ctrl-C, a
crash or a power cut lose nothing that is done, and the same command goes on where it stopped.

Examples:
  $ maskwise batch annotations/instances.json --prompts boxes --out masks.json
  $ maskwise batch photos/ --prompts boxes --from detections.csv --out masks/
  $ maskwise batch photos/ --prompts masks --from rough/ --out refined/ --model colour
  $ maskwise batch photos/ --prompts points --from points.csv --out masks/ --workers 8
  $ maskwise batch photos/ --prompts boxes --from boxes.csv --out masks/ --workers queue=postgres://host/db`;

type Typed = Omit<BatchRun, "source" | "terminal" | "usage">;

export function batchCommand(terminal: Terminal): Command {
  return new Command("batch")
    .description("Cut out the objects of many pictures, of which boxes, points or masks are known.")
    .argument(
      "<pictures>",
      "folder of pictures, or COCO JSON with the pictures where COCO has them",
    )
    .requiredOption(
      "--prompts <kinds>",
      `what is known of the objects: ${promptKinds.join(", ")}, or several with commas`,
      kinds,
    )
    .option("--from <path>", "where that stands: COCO JSON, JSON or CSV, or a folder of masks")
    .requiredOption(
      "--out <path>",
      "where the masks go: a folder, a file such as masks.json, or .zip",
    )
    .addOption(
      new Option(
        "--format <name>",
        "of the results (default: by their name; of a folder png)",
      ).choices(annotationFormatNames),
    )
    .addOption(modelOption())
    .addOption(deviceOption())
    .addOption(
      new Option(
        "--workers <number|queue=URL>",
        "threads of this machine, or a queue in PostgreSQL (default: one per core)",
      ).argParser(workers),
    )
    .addOption(
      new Option(
        "--lease <seconds>",
        "of a queue: a picture that a worker took so long ago, and has not done, is given to another",
      )
        .argParser(seconds)
        .default(300),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (source: string, typed: Typed, command: Command) => {
      await batch({
        ...typed,
        source,
        terminal,
        usage: (message) => command.error(`error: ${message}`),
      });
    });
}

function kinds(text: string): readonly PromptKind[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("none")) {
    throw new InvalidArgumentError(
      "Maskwise does not find objects that nobody points at. Bring boxes from a detector, points or masks.",
    );
  }
  const found = promptKinds.filter((kind) => names.includes(kind));
  if (found.length !== names.length) {
    throw new InvalidArgumentError(`Expected some of ${promptKinds.join(", ")}.`);
  }
  return found;
}

function workers(text: string): BatchRun["workers"] {
  if (/^\d+$/.test(text) && Number(text) >= 1) return { threads: Number(text) };
  if (/^queue=postgres(?:ql)?:\/\//.test(text)) return { queue: text.slice("queue=".length) };
  throw new InvalidArgumentError("Expected a whole number from 1, or queue=postgres://….");
}

function seconds(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Expected a whole number from 1.");
}
