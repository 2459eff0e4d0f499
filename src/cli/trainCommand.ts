/** `maskwise train`: a network by a recipe, from pictures whose masks are known. */

import { Command, InvalidArgumentError, Option } from "commander";
import { type DeviceName, deviceNames } from "../node/index.ts";
import type { Terminal } from "./terminal.ts";
import { train } from "./train.ts";

const EXAMPLES = `
The folder of the run holds checkpoint.safetensors, weights.safetensors, figures.jsonl and
curves.html, a page that loads itself anew as long as the run goes on. Ctrl-C saves and stops;
--resume goes on as if nothing had been.

Examples:
  $ maskwise train recipes/tiny.yaml --data train=photos/ --out runs/tiny
  $ maskwise train recipes/small.yaml --data train=sets/train --encoder mobilenet.safetensors --out runs/small
  $ maskwise train recipes/tiny.yaml --data train=photos/ --out runs/tiny --resume`;

interface Typed {
  readonly data: Readonly<Record<string, string>>;
  readonly out: string;
  readonly device: DeviceName;
  readonly threads: number;
  readonly saveEvery: number;
  readonly resume: boolean;
  readonly start?: string;
  readonly encoder?: string;
}

export function trainCommand(terminal: Terminal): Command {
  return new Command("train")
    .description("Train a network by a recipe, on pictures whose masks are known.")
    .argument("<recipe>", "a recipe: YAML, as in recipes/")
    .requiredOption(
      "--data <name=path>",
      "where a data set of the recipe lies, in any layout that evaluate reads; may be repeated",
      withPath,
    )
    .requiredOption("--out <folder>", "the folder of the run")
    .addOption(
      new Option("--device <name>", "where to compute").choices(deviceNames).default("cpu"),
    )
    .option("--threads <number>", "threads that make batches", whole, 1)
    .option("--save-every <minutes>", "minutes from one checkpoint to the next", whole, 10)
    .option("--resume", "go on from the checkpoint in the folder", false)
    .option("--start <file>", "begin with the weights of another run of the same network")
    .option("--encoder <file>", "begin with the convolutions of this MobileNetV2")
    .addHelpText("after", EXAMPLES)
    .action(async (recipe: string, typed: Typed, command: Command) => {
      await train({
        ...typed,
        recipe,
        terminal,
        usage: (message) => command.error(`error: ${message}`),
      });
    });
}

function withPath(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const equals = text.indexOf("=");
  const [name, path] = [text.slice(0, equals), text.slice(equals + 1)];
  if (equals < 1 || path === "" || name.includes("/") || Object.hasOwn(before, name)) {
    throw new InvalidArgumentError("Expected NAME=PATH, each name once and without a slash.");
  }
  return { ...before, [name]: path };
}

function whole(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || !Number.isSafeInteger(value)) {
    throw new InvalidArgumentError("Expected a whole number from 1.");
  }
  return value;
}
