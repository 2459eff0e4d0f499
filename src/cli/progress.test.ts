import { expect, test } from "vitest";
import { progressOn } from "./progress.ts";
import type { Terminal } from "./terminal.ts";

/** A terminal whose clock stands still until it is moved. */
function watched(columns: number | undefined) {
  const said: string[] = [];
  let time = 0;
  const terminal = {
    columns,
    now: () => time,
    talk: (text: string) => void said.push(text),
  } as unknown as Terminal;
  return { terminal, said, wait: (milliseconds: number) => (time += milliseconds) };
}

test("work of less than a second is done in silence", () => {
  const { terminal, said, wait } = watched(80);
  const progress = progressOn(terminal);
  const report = progress.step("Segmenting");
  wait(900);
  report(0.5);
  progress.clear();
  expect(said).toEqual([]);
});

test("on a screen one line is rewritten, not too often, and taken away in the end", () => {
  const { terminal, said, wait } = watched(80);
  const progress = progressOn(terminal);
  const report = progress.step("Segmenting");
  wait(1000);
  report(0.1);
  report(0.2);
  wait(100);
  report(0.3);
  progress.clear();
  expect(said).toEqual(["\r\u001b[2KSegmenting 10 %", "\r\u001b[2KSegmenting 30 %", "\r\u001b[2K"]);
});

test("elsewhere there is a plain line every five seconds", () => {
  const { terminal, said, wait } = watched(undefined);
  const progress = progressOn(terminal);
  const report = progress.step("Segmenting");
  for (let i = 0; i <= 12; i++) {
    report(i / 12);
    wait(1000);
  }
  progress.clear();
  expect(said).toEqual(["Segmenting 8 %\n", "Segmenting 50 %\n", "Segmenting 91 %\n"]);
});

test("a line is never wider than the screen, nor a share beyond 100 %", () => {
  const { terminal, said, wait } = watched(12);
  const report = progressOn(terminal).step("Segmenting");
  wait(2000);
  report(7);
  expect(said).toEqual(["\r\u001b[2KSegmenting "]);
});
