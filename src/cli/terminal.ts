/** What the command line needs of the world; tests hand in their own. */

import { once } from "node:events";
import open from "open";

export interface Terminal {
  /** Results, for programs: standard output. Resolves once they are taken. */
  result(data: Uint8Array | string): Promise<void>;
  /** Whether results go to a screen, where a picture's bytes would only make noise. */
  readonly resultsAreShown: boolean;
  /** Talk, for people: standard error, as it is, without a line end added. */
  talk(text: string): void;
  /** Columns of the screen that talk goes to; `undefined` where it goes to a file or a pipe. */
  readonly columns: number | undefined;
  /** A clock in milliseconds that never runs backwards. */
  now(): number;
  /** Show an address in the browser; rejects when there is none. */
  browse(address: string): Promise<void>;
  /** Resolves when the person asks to stop (Ctrl-C). Until it is called, Ctrl-C ends the process. */
  interrupted(): Promise<void>;
}

export function systemTerminal(): Terminal {
  const { stdout, stderr } = process;
  // Whoever reads our results may stop early (`maskwise … | head`): that is no failure of ours.
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  return {
    result: (data) => new Promise((resolve) => stdout.write(data, () => resolve())),
    resultsAreShown: stdout.isTTY === true,
    talk: (text) => void stderr.write(text),
    // Some terminals say that they are 0 wide.
    columns: stderr.isTTY ? stderr.columns || 80 : undefined,
    now: () => performance.now(),
    browse: async (address) => {
      const browser = await open(address);
      // The opener ends at once when it fails, and in its own time when it works.
      const [code] = await Promise.race([
        once(browser, "exit"),
        new Promise<[undefined]>((resolve) => setTimeout(resolve, 1000, [undefined]).unref()),
      ]);
      if (code) throw new Error(`the browser's opener ended with ${code}`);
    },
    interrupted: () =>
      new Promise((resolve) => {
        process.once("SIGINT", () => resolve());
        process.once("SIGTERM", () => resolve());
      }),
  };
}
