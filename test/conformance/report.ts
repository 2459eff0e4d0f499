import type { Result } from "./runPack.ts";

/** How results add up. */
export interface Tally {
  passed: number;
  failed: number;
  notSupported: number;
  /** How often each reason for not supporting something came up. */
  readonly reasons: Map<string, number>;
}

export function newTally(): Tally {
  return { passed: 0, failed: 0, notSupported: 0, reasons: new Map() };
}

export function count(tally: Tally, { outcome, reason = "" }: Result): void {
  if (outcome === "passed") tally.passed++;
  if (outcome === "failed") tally.failed++;
  if (outcome === "not supported") {
    tally.notSupported++;
    tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1);
  }
}

/** `N passed, M failed, K not supported`. */
export function summary({ passed, failed, notSupported }: Tally): string {
  return `${passed} passed, ${failed} failed, ${notSupported} not supported`;
}

/** One line per reason, most frequent first. */
export function reasons(tally: Tally): readonly string[] {
  return [...tally.reasons]
    .sort(([nameA, a], [nameB, b]) => b - a || (nameA < nameB ? -1 : 1))
    .map(([reason, times]) => `  not supported: ${reason} (${times})`);
}

/** One line per failure: where, and the worst entry. */
export function failure({ executor, caseId, expectation, reason = "" }: Result): string {
  return `FAILED ${caseId} ${expectation} on ${executor}: ${reason}`;
}
