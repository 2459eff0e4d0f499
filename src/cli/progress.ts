/** Progress of work that takes more than a second; shorter work is done in silence. */

import type { Terminal } from "./terminal.ts";

/** Silent for the first second, in milliseconds. */
const PATIENCE_MS = 1000;
/** On a screen one line is rewritten; elsewhere lines follow each other, so they come seldom. */
const SCREEN_PAUSE_MS = 100;
const PIPE_PAUSE_MS = 5000;

export interface Progress {
  /** Begin a step, told in a word or two; returns what to call with the share done, in [0, 1]. */
  step(name: string): (share: number) => void;
  /** Take the line away, before anything else is said. */
  clear(): void;
}

export function progressOn(terminal: Terminal): Progress {
  const begun = terminal.now();
  const isScreen = terminal.columns !== undefined;
  const pause = isScreen ? SCREEN_PAUSE_MS : PIPE_PAUSE_MS;
  let last = Number.NEGATIVE_INFINITY;
  let shown = "";

  function show(text: string): void {
    const now = terminal.now();
    if (now - begun < PATIENCE_MS || now - last < pause || text === shown) return;
    last = now;
    shown = text;
    terminal.talk(
      isScreen ? `\r\u001b[2K${text.slice(0, (terminal.columns ?? 80) - 1)}` : `${text}\n`,
    );
  }

  return {
    step: (name) => {
      show(`${name} …`);
      return (share) => show(`${name} ${Math.floor(Math.min(1, Math.max(0, share)) * 100)} %`);
    },
    clear: () => {
      if (isScreen && shown !== "") terminal.talk("\r\u001b[2K");
      shown = "";
    },
  };
}
