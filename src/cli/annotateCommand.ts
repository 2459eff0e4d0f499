/** `maskwise annotate`: the annotator in the browser, on the person's own files. */

import { Command, Option } from "commander";
import { DEFAULT_MODEL, modelNames } from "../models/index.ts";
import { serveAnnotator } from "../server/index.ts";
import { portNumber } from "./portNumber.ts";
import type { Terminal } from "./terminal.ts";

const EXAMPLES = `
Examples:
  $ maskwise annotate
  $ maskwise annotate photos/ --port 8080 --no-open`;

export function annotateCommand(terminal: Terminal): Command {
  return new Command("annotate")
    .description("Open the annotator in the browser; without arguments, on a sample scene.")
    .argument("[files...]", "pictures, or folders of pictures; masks are saved beside them")
    .addOption(
      new Option("--port <number>", "port on 127.0.0.1")
        .default(0, "a free one")
        .argParser(portNumber),
    )
    .option("--no-open", "print the address without opening the browser")
    .addOption(modelOption())
    .addHelpText("after", EXAMPLES)
    .action((files: readonly string[], options: AnnotateOptions) =>
      annotate(files, options, terminal),
    );
}

function modelOption(): Option {
  return new Option("--model <name>", "what segments").choices(modelNames).default(DEFAULT_MODEL);
}

interface AnnotateOptions {
  readonly port: number;
  readonly open: boolean;
  readonly model: string;
}

async function annotate(
  files: readonly string[],
  { port, open, model }: AnnotateOptions,
  terminal: Terminal,
): Promise<void> {
  const stop = terminal.interrupted();
  const annotator = await serveAnnotator({
    paths: files,
    model,
    port,
    report: (error) => terminal.talk(`error: ${error.message}\n`),
  });
  try {
    for (const line of annotator.passedOver) terminal.talk(`passed over ${line}\n`);
    const what = annotator.pictures === 0 ? "a sample scene" : count(annotator.pictures);
    terminal.talk(`The annotator is open on ${what}, for you alone, at:\n`);
    await terminal.result(`${annotator.url}\n`);
    if (open) {
      await terminal.browse(annotator.url).catch(() => {
        terminal.talk("No browser could be opened. Open the address above yourself.\n");
      });
    }
    terminal.talk("Press Ctrl-C to stop.\n");
    await stop;
  } finally {
    await annotator.close();
  }
}

function count(pictures: number): string {
  return pictures === 1 ? "1 picture" : `${pictures} pictures`;
}
