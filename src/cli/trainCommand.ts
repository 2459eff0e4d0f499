/** `maskwise train`: a network by a recipe, from pictures whose masks are known. */

import { Command, InvalidArgumentError, Option } from "commander";
import { deviceNames } from "../node/index.ts";
import { networkOrFile } from "./modelOption.ts";
import type { Terminal } from "./terminal.ts";
import { type TrainRun, train } from "./train.ts";
import { givenData } from "./training/namedData.ts";

const EXAMPLES = `
The folder of the run holds checkpoint.safetensors, weights.safetensors, figures.jsonl and
curves.html, a page that loads itself anew as long as the run goes on. Ctrl-C saves and stops;
--resume goes on as if nothing had been.

--fine-tune adapts a network to your own masks, by a recipe of its own where none is given. What it
leaves did best on pictures that were held out; what it began with counts, too.

Examples:
  $ maskwise train --fine-tune small --data photos/ --out runs/own
  $ maskwise train recipes/tiny.yaml --data photos/ --out runs/tiny
  $ maskwise train recipes/small.yaml --data train=sets/train --encoder mobilenet.safetensors
  $ maskwise train recipes/tiny.yaml --data photos/ --out runs/tiny --resume`;

type Typed = Omit<TrainRun, "recipe" | "terminal" | "usage">;

export function trainCommand(terminal: Terminal): Command {
  return new Command("train")
    .description("Train a network by a recipe, on pictures whose masks are known.")
    .argument("[recipe]", "a recipe: YAML, as in recipes/")
    .requiredOption(
      "--data <name=path>",
      "where a data set of the recipe lies, in any layout that evaluate reads; without a name the only one; may be repeated",
      givenData,
    )
    .option("--out <folder>", "the folder of the run", "run")
    .addOption(
      new Option("--device <name>", "where to compute").choices(deviceNames).default("cpu"),
    )
    .option("--threads <number>", "threads that make batches", whole, 1)
    .option("--save-every <minutes>", "minutes from one checkpoint to the next", whole, 10)
    .option("--resume", "go on from the checkpoint in the folder", false)
    .option(
      "--fine-tune <weights>",
      "begin with a network that comes with Maskwise, or a file",
      networkOrFile,
    )
    .option(
      "--start <weights>",
      "begin with the weights of another run of the same network",
      networkOrFile,
    )
    .option("--encoder <file>", "begin with the convolutions of this MobileNetV2")
    .addHelpText("after", EXAMPLES)
    .action(async (recipe: string | undefined, typed: Typed, command: Command) => {
      await train({
        ...typed,
        recipe,
        terminal,
        usage: (message) => command.error(`error: ${message}`),
      });
    });
}

function whole(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError("Expected a whole number from 1.");
  }
  return value;
}
