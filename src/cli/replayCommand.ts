/** `maskwise replay`: the masks that were recorded, made again from what was said. */

import { Command } from "commander";
import { type DeviceName, replayWork } from "../node/index.ts";
import { deviceOption } from "./deviceOption.ts";
import { keptTable } from "./keptTable.ts";
import type { Terminal } from "./terminal.ts";

const EXAMPLES = `
Examples:
  $ maskwise segment cat.jpg --object 320,240 --record cat.zip
  $ maskwise replay cat.zip --images .`;

export function replayCommand(terminal: Terminal): Command {
  return new Command("replay")
    .description("Make recorded masks again from what was said, and see whether they are the same.")
    .argument("<record>", "what segment --record wrote: a folder or a zip archive")
    .option("--images <folder>", "where the photos are", ".")
    .addOption(deviceOption())
    .addHelpText("after", EXAMPLES)
    .action(async (record: string, options: { images: string; device?: DeviceName }) => {
      let others = 0;
      for await (const { image, isSame, kept } of replayWork(record, options)) {
        if (isSame === undefined)
          terminal.talk(`${image}: nothing was recorded of how it was made\n`);
        else await terminal.result(`${image}: ${isSame ? "the same" : "not the same"}\n`);
        if (isSame !== false) continue;
        others++;
        await terminal.result(keptTable(kept, new Map()));
      }
      if (others === 0) return;
      throw new Error(
        `replay: expected the recorded masks, got others in ${others} images. Another device can round differently.`,
      );
    });
}
