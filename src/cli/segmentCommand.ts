/** `maskwise segment`: a photo and what is said about it in, a mask out. */

import { Command, InvalidArgumentError, Option } from "commander";
import { BACKGROUND, OBJECT, type Prompt } from "../clicks/index.ts";
import { type FormatName, formatNames } from "../formats/index.ts";
import type { DeviceName } from "../node/index.ts";
import { deviceOption } from "./deviceOption.ts";
import { modelOption } from "./modelOption.ts";
import type { OutputOptions } from "./outputs.ts";
import { box, clickOn, namedClick } from "./prompts.ts";
import { segment } from "./segment.ts";
import type { Terminal } from "./terminal.ts";

const EXAMPLES = `
Pixels count from 0 at the top left: x to the right, y down.

Examples:
  $ maskwise segment cat.jpg --object 320,240
  $ maskwise segment cat.jpg --object 320,240 --background 20,20 -o cat.svg --overlay look.png
  $ maskwise segment street.jpg --label car:80,200 --label person:300,180 -o street.json --json
  $ maskwise segment cat.jpg --object 320,240 --model colour`;

/** As commander hands them over. */
interface Typed extends OutputOptions {
  readonly object?: readonly Prompt[];
  readonly background?: readonly Prompt[];
  readonly label?: readonly Prompt[];
  readonly box?: readonly Prompt[];
  readonly from?: string;
  readonly model: string;
  readonly device?: DeviceName;
  readonly maxMegapixels: number;
  readonly json?: true;
  readonly format?: FormatName;
}

export function segmentCommand(terminal: Terminal): Command {
  return new Command("segment")
    .description(
      "Cut objects out of a photo: click where they are, get a mask of the photo's size.",
    )
    .argument("<photo>", "JPEG, PNG, WebP, TIFF, AVIF or GIF file")
    .option("--object <x,y>", "this pixel is the object; may be repeated", clickOn(OBJECT))
    .option("--background <x,y>", "this pixel is background; may be repeated", clickOn(BACKGROUND))
    .option("--label <name:x,y>", "this pixel is what you call it; may be repeated", namedClick)
    .option("--box <x0,y0,x1,y1>", "the object (or name:…) lies inside; may be repeated", box)
    .option("--from <mask>", "start from a mask file (PNG or COCO JSON) and correct it")
    .addOption(modelOption())
    .addOption(deviceOption())
    .option(
      "-o, --output <file>",
      'where the mask goes; "-" for standard output (default: beside the photo)',
    )
    .addOption(
      new Option("--format <name>", "of the mask (default: by the output's ending)").choices(
        formatNames,
      ),
    )
    .option("--overlay <file>", "also write the photo with the mask drawn on it, as PNG")
    .option("--uncertainty <file>", "also write how undecided each pixel is, white most, as PNG")
    .addOption(
      new Option("--max-megapixels <number>", "refuse larger photos, before they are decoded")
        .default(200)
        .argParser(megapixels),
    )
    .option("--json", "print a summary for programs on standard output")
    .addHelpText("after", EXAMPLES)
    .action(async (photo: string, typed: Typed, command: Command) => {
      const { object = [], background = [], label = [], box: boxes = [], ...options } = typed;
      await segment(photo, {
        ...options,
        prompts: [...object, ...background, ...label, ...boxes],
        terminal,
        usage: (message) => command.error(`error: ${message}`),
      });
    });
}

function megapixels(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("Expected a number above 0.");
  return value;
}
