/** The command line as a function: arguments in, exit code out. */

import { Command, CommanderError } from "commander";
import { annotateCommand } from "./annotateCommand.ts";
import { batchCommand } from "./batchCommand.ts";
import { convertCommand } from "./convertCommand.ts";
import { doctorCommand } from "./doctorCommand.ts";
import { evaluateCommand } from "./evaluateCommand.ts";
import { exportCommand } from "./exportCommand.ts";
import { replayCommand } from "./replayCommand.ts";
import { segmentCommand } from "./segmentCommand.ts";
import { serveCommand } from "./serveCommand.ts";
import type { Terminal } from "./terminal.ts";
import { trainCommand } from "./trainCommand.ts";
import { version } from "./version.ts";
import { workerCommand } from "./workerCommand.ts";

/** What the process ends with. */
const EXIT = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
} as const;

/**
 * Run the command line.
 *
 * @param words What was typed after `maskwise`.
 * @returns 0 done, 1 failed, 2 wrong usage. Nothing is thrown; what went wrong is told in one line.
 */
export async function runCommandLine(
  words: readonly string[],
  terminal: Terminal,
): Promise<number> {
  try {
    await program(terminal).parseAsync([...words], { from: "user" });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? EXIT.done : EXIT.wrongUsage;
    }
    terminal.talk(`error: ${oneLine(error)}\n`);
    return EXIT.failed;
  }
}

const EXAMPLES = `
Examples:
  $ maskwise segment cat.jpg --object 320,240 --background 20,20
  $ maskwise annotate photos/`;

function program(terminal: Terminal): Command {
  const maskwise = new Command("maskwise")
    .description("Cut objects out of images by saying what is where, all on your own machine.")
    .version(version(), "-v, --version")
    .addHelpText("after", EXAMPLES)
    // Said by exceptions, so that nothing here ends the process.
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.result(text),
      writeErr: (text) => terminal.talk(text),
      // A suggestion stands behind the fault, not below it.
      outputError: (text, write) => write(`${text.trimEnd().replaceAll("\n", " ")}\n`),
      getErrHelpWidth: () => terminal.columns ?? 80,
      getOutHelpWidth: () => terminal.columns ?? 80,
    });
  // Added after the settings above, which commands inherit when they are made by their parent.
  for (const command of [
    segmentCommand(terminal),
    annotateCommand(terminal),
    serveCommand(terminal),
    batchCommand(terminal),
    evaluateCommand(terminal),
    trainCommand(terminal),
    exportCommand(terminal),
    convertCommand(terminal),
    replayCommand(terminal),
    doctorCommand(terminal),
    workerCommand(terminal),
  ]) {
    maskwise.addCommand(command.copyInheritedSettings(maskwise));
  }
  return maskwise;
}

/** What was wrong in one line; lines that are set in are a list, which stays one. */
function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/[^\S\n]*\n(?! {2}\S)\s*/g, " ");
}
