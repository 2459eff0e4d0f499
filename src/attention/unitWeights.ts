/**
 * How much each unit explains each token, as what it does to other tensors:
 *
 *     w[i,j] = e^L[i,j] / Σ_j e^L[i,j]          over the allowed units
 *
 * Where all of L is a product of channels, w is the weights of attention, and no array of all pairs
 * is made; everywhere else it is.
 */

import type { Node, Value } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { and } from "../graph/operations/and.ts";
import { attention } from "../graph/operations/attention.ts";
import { attentionAdjoint } from "../graph/operations/attentionAdjoint.ts";
import { contract } from "../graph/operations/contract.ts";
import { expand } from "../graph/operations/expand.ts";
import { less } from "../graph/operations/less.ts";
import { log } from "../graph/operations/log.ts";
import { logSumExp } from "../graph/operations/logSumExp.ts";
import { logTotals } from "../graph/operations/logTotals.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { softmax } from "../graph/operations/softmax.ts";
import { subtract } from "../graph/operations/subtract.ts";
import { sum } from "../graph/operations/sum.ts";
import { where } from "../graph/operations/where.ts";
import { sizeOfAxis } from "./hasAxis.ts";
import {
  addedUp,
  asFactors,
  FACTORS,
  factorsOf,
  type LogitFactors,
  type LogitTerms,
  relativeTerms,
  sideBySide,
} from "./logitTerms.ts";

export interface UnitWeights {
  /** Σ_j w[i,j] x[j], `[…, keys, columns]` to `[…, queries, columns]`. */
  expected(x: Node): Node;
  /**
   * Σ_i w[i,j] x[i], `[…, queries, columns]` to `[…, keys, columns]`. Where units have positions, x may
   * vary by unit as well.
   */
  gathered(x: Node): Node;
  /**
   * How much of what a unit explains is each token, w[i,j] t[i] / Σ_i w[i,j] t[i], taken from the
   * logarithms of w: a unit far from every token still finds the nearest ones instead of dividing
   * nothing by nothing.
   *
   * @param tokenWeight t ≥ 0, how much each token counts, `[…, queries]`.
   */
  shares(tokenWeight: Value): TokenShares;
}

interface TokenShares {
  /** The average of x over tokens, as `UnitWeights.gathered`. */
  average(x: Node): Node;
  /**
   * Bool, `[…, keys?]`: whether any token is there for the unit; if not, its average is anything.
   * Undefined where there is one for all.
   */
  readonly isReached: Node | undefined;
}

/**
 * @param logits  L, in terms.
 * @param allowed Bool, `[…, queries?, keys?]`. @default all
 */
export function unitWeights(logits: LogitTerms, allowed: Node | undefined): UnitWeights {
  const factors = allowed === undefined ? factorsOf(logits) : undefined;
  return factors === undefined ? weightsOfPairs(logits, allowed) : weightsOfChannels(factors);
}

/** log Σ_j e^L[i,j] over the allowed units, `[…, queries]`; −∞ for a row without any. */
export function logTotalOverUnits(logits: LogitTerms, allowed: Node | undefined): Node {
  const factors = allowed === undefined ? factorsOf(logits) : undefined;
  if (factors === undefined) return logSumExp(addedUp(logits), "keys", allowed);
  const { perRow } = factors;
  const { rows, units } = withUnitChannel(factors);
  const totals = logTotals(rows, units, AXES);
  return perRow === undefined ? totals : add(totals, perRow);
}

const AXES = { rows: "queries", keys: "keys", channels: FACTORS };

/** The same with the roles of tokens and units exchanged. */
const EXCHANGED = { rows: "keys", keys: "queries", channels: FACTORS };

/** A logit that leaves nothing of a weight, and is still a number to multiply zero with. */
const NEVER = -1e30;

function weightsOfChannels(factors: LogitFactors): UnitWeights {
  const { rows, units } = withUnitChannel(factors);
  return {
    expected: (x) => attention(rows, units, x, AXES),
    gathered: (x) => attentionAdjoint(rows, units, x, AXES),
    shares: (tokenWeight) => {
      // The softmax over tokens of log w + log t; what is added for a unit alone drops out of it.
      const counts = less(0, tokenWeight);
      const logWeight = subtract(log(where(counts, tokenWeight, 1)), logTotals(rows, units, AXES));
      const tokens = sideBySide([factors.rows, asFactors(where(counts, logWeight, NEVER))]);
      const asking = sideBySide([factors.units, asFactors(1)]);
      const each = expand(1, { queries: sizeOfAxis(rows, "queries") });
      return {
        average: (x) => attention(asking, tokens, x, EXCHANGED),
        isReached:
          tokenWeight === 1 ? undefined : less(0, sum(multiply(each, tokenWeight), "queries")),
      };
    },
  };
}

/** Rows and units with what is added for a unit alone as a channel more. */
function withUnitChannel({
  rows,
  units,
  perUnit,
}: LogitFactors): Pick<LogitFactors, "rows" | "units"> {
  if (perUnit === undefined) return { rows, units };
  return {
    rows: sideBySide([rows, asFactors(1)]),
    units: sideBySide([units, asFactors(perUnit)]),
  };
}

function weightsOfPairs(logits: LogitTerms, allowed: Node | undefined): UnitWeights {
  const pairs = addedUp(relativeTerms(logits));
  const weights = softmax(pairs, "keys", allowed);
  return {
    expected: (x) => contract(weights, x, "keys"),
    gathered: (x) => contract(weights, x, "queries"),
    shares: (tokenWeight) => {
      const shares = sharesOfTokens(pairs, allowed, tokenWeight);
      const isForAll =
        tokenWeight === 1 && allowed === undefined && sizeOfAxis(pairs, "queries") > 0;
      return {
        average: (x) => contract(shares, x, "queries"),
        isReached: isForAll ? undefined : less(0, sum(shares, "queries")),
      };
    },
  };
}

/** w t / Σ_i w t, `[…, queries, keys]`; all zero for a unit that no token reaches. */
function sharesOfTokens(pairs: Node, allowed: Node | undefined, tokenWeight: Value): Node {
  const totals = logSumExp(pairs, "keys", allowed);
  // A row with nothing allowed has nothing to lose.
  const finite = allowed === undefined ? totals : where(less(-Infinity, totals), totals, 0);
  const logWeights = subtract(pairs, finite);
  if (tokenWeight === 1) return softmax(logWeights, "queries", allowed);
  const counts = less(0, tokenWeight);
  return softmax(
    add(logWeights, log(where(counts, tokenWeight, 1))),
    "queries",
    allowed === undefined ? counts : and(allowed, counts),
  );
}
