/** `maskwise segment`: a photo and what is said about it in, a mask out. */

import { Command, InvalidArgumentError, Option } from "commander";
import { BACKGROUND, OBJECT, type Prompt } from "../clicks/index.ts";
import { type FormatName, formatNames, type SampleWindow } from "../formats/index.ts";
import type { DeviceName } from "../node/index.ts";
import { deviceOption } from "./deviceOption.ts";
import { modelOption } from "./modelOption.ts";
import type { OutputOptions } from "./outputs.ts";
import { box, clickOn, lasso, namedClick } from "./prompts.ts";
import { segment } from "./segment.ts";
import type { Terminal } from "./terminal.ts";

const EXAMPLES = `
Pixels count from 0 at the top left: x to the right, y down.

Examples:
  $ maskwise segment cat.jpg --object 320,240
  $ maskwise segment cat.jpg --object 320,240 --background 20,20 -o cat.svg --overlay look.png
  $ maskwise segment cat.jpg --lasso "200,120 460,140 480,400 210,380"
  $ maskwise segment street.jpg --label car:80,200 --label person:300,180 -o street.json --json
  $ maskwise segment cat.jpg --object 320,240 --unsure 0.5 -o cat.png
  $ maskwise segment cat.jpg --object 320,240 --model colour`;

/** As commander hands them over. */
interface Typed extends OutputOptions {
  readonly object?: readonly Prompt[];
  readonly background?: readonly Prompt[];
  readonly label?: readonly Prompt[];
  readonly box?: readonly Prompt[];
  readonly lasso?: readonly Prompt[];
  readonly from?: string;
  readonly model: string;
  readonly device?: DeviceName;
  readonly maxMegapixels: number;
  readonly record?: string;
  readonly page?: number;
  readonly window?: SampleWindow;
  readonly json?: true;
  readonly format?: FormatName;
}

export function segmentCommand(terminal: Terminal): Command {
  return new Command("segment")
    .description(
      "Cut objects out of a photo: click where they are, get a mask of the photo's size.",
    )
    .argument("<photo>", "JPEG, PNG, WebP, TIFF, AVIF, GIF or DICOM file")
    .option("--object <x,y>", "this pixel is the object; may be repeated", clickOn(OBJECT))
    .option("--background <x,y>", "this pixel is background; may be repeated", clickOn(BACKGROUND))
    .option("--label <name:x,y>", "this pixel is what you call it; may be repeated", namedClick)
    .option("--box <x0,y0,x1,y1>", "the object (or name:…) lies inside; may be repeated", box)
    .option(
      "--lasso <points>",
      'the object (or name:…) lies inside of "x,y x,y x,y …" and is most of it; may be repeated',
      lasso,
    )
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
    .option(
      "--unsure <from>",
      "leave pixels at least this undecided (0 to 1) to nobody: 255 in a PNG with a palette",
      threshold,
    )
    .option(
      "--record <file>",
      "also write masks, probabilities, what was said and the model's hash, for replay: a folder or .zip",
    )
    .option("--page <number>", "of a TIFF with several, or the frame of a DICOM file", wholeNumber)
    .option(
      "--window <black,white>",
      "which values of a DICOM file, or of a deep or many-banded TIFF, are black and white",
      windowOf,
    )
    .addOption(
      new Option("--max-megapixels <number>", "refuse larger photos, before they are decoded")
        .default(200)
        .argParser(megapixels),
    )
    .option("--json", "print a summary for programs on standard output")
    .addHelpText("after", EXAMPLES)
    .action(async (photo: string, typed: Typed, command: Command) => {
      const { object = [], background = [], label = [], ...others } = typed;
      const { box: boxes = [], lasso: lassos = [], ...options } = others;
      await segment(photo, {
        ...options,
        prompts: [...object, ...background, ...label, ...boxes, ...lassos],
        terminal,
        usage: (message) => command.error(`error: ${message}`),
      });
    });
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 1)) {
    throw new InvalidArgumentError("Expected a whole number from 1.");
  }
  return value;
}

function threshold(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1)) {
    throw new InvalidArgumentError("Expected a number above 0 and at most 1, such as 0.5.");
  }
  return value;
}

function windowOf(text: string): SampleWindow {
  const [black, white, ...more] = text.split(",").map(Number);
  if (!(Math.abs(white - black) > 0) || more.length > 0) {
    throw new InvalidArgumentError("Expected two different numbers, such as -160,240.");
  }
  return { black, white };
}

function megapixels(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError("Expected a number above 0.");
  return value;
}
