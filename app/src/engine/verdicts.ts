/**
 * Verdicts on devices are remembered from one visit to the next, in the store that browsers have for
 * answers: workers reach it, and it is there wherever WebGPU is.
 */

import type { Verdict } from "./contest.ts";

const STORE = "maskwise-devices";

/** @param key Of what was compared; another browser, graphics card or model has another. */
export async function recall(key: string): Promise<Verdict | undefined> {
  try {
    const answer = await (await caches.open(STORE)).match(address(key));
    return answer && ((await answer.json()) as Verdict);
  } catch {
    return undefined; // forgotten, or this browser keeps nothing: then it is measured again
  }
}

export async function remember(key: string, verdict: Verdict): Promise<void> {
  try {
    await (await caches.open(STORE)).put(address(key), Response.json(verdict));
  } catch {
    // It keeps nothing.
  }
}

/** Stores take web addresses; nothing is ever asked of this one. */
function address(key: string): string {
  return `https://verdicts.invalid/${encodeURIComponent(key)}`;
}
