/**
 * Logits as a sum whose terms have not been added up yet:
 *
 *     L[i,j] = Σ rows[i] · units[j]  +  Σ rest
 *
 * Whoever needs weights can then see whether everything that pairs a token with a unit is a product
 * of channels. If it is, all of L is one product of longer vectors, and no array of all pairs is
 * needed: what varies by unit alone is one more channel, and what varies by row alone makes no
 * difference to weights.
 */

import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { concat } from "../graph/operations/concat.ts";
import { contract } from "../graph/operations/contract.ts";
import { expand } from "../graph/operations/expand.ts";
import { multiply } from "../graph/operations/multiply.ts";
import { rename } from "../graph/operations/rename.ts";
import { hasAxis } from "./hasAxis.ts";

/** rows[i] · units[j] along an axis, or the product of one number of each. */
export interface LogitProduct {
  /** `[…, queries, channels?]`. */
  readonly rows: Node;
  /** `[…, keys, channels?]`. */
  readonly units: Node;
  readonly channels?: string;
}

export interface LogitTerms {
  readonly products: readonly LogitProduct[];
  /** Each `[…, queries?, keys?]`. */
  readonly rest: readonly Node[];
}

/** Logits that are one product of channels. */
export interface LogitFactors {
  /** `[…, queries, factors]`. */
  readonly rows: Node;
  /** `[…, keys, factors]`. */
  readonly units: Node;
  /** What is added for a unit alone, `[…, keys]`. */
  readonly perUnit: Node | undefined;
  /** What is added for a row alone, `[…, queries?]`. */
  readonly perRow: Node | undefined;
}

/** Several sums as one. */
export function together(...sums: readonly LogitTerms[]): LogitTerms {
  return {
    products: sums.flatMap(({ products }) => products),
    rest: sums.flatMap(({ rest }) => rest),
  };
}

/** The terms without those that are the same for all units: they make no difference to weights. */
export function relativeTerms({ products, rest }: LogitTerms): LogitTerms {
  return { products, rest: rest.filter((term) => hasAxis(term, "keys")) };
}

/** L, `[…, queries, keys]`. */
export function addedUp(terms: LogitTerms): Node {
  const products = terms.products.map(({ rows, units, channels }) =>
    channels === undefined ? multiply(rows, units) : contract(rows, units, channels),
  );
  // What is small is added up first.
  const alone = [perUnitOf(terms), perRowOf(terms)].filter((term) => term !== undefined);
  return [...products, ...pairsOf(terms), ...alone].reduce((sum, term) => add(sum, term));
}

/** L as one product of channels; `undefined` where something else varies by both row and unit. */
export function factorsOf(terms: LogitTerms): LogitFactors | undefined {
  const { products } = terms;
  if (products.length === 0 || pairsOf(terms).length > 0) return undefined;
  return {
    rows: sideBySide(products.map(({ rows, channels }) => asFactors(rows, channels))),
    units: sideBySide(products.map(({ units, channels }) => asFactors(units, channels))),
    perUnit: perUnitOf(terms),
    perRow: perRowOf(terms),
  };
}

/** The axis that the channels of all products run along. */
export const FACTORS = "factors";

/** Channels, or a tensor as a channel of its own, as factors. */
export function asFactors(x: Node | number, channels?: string): Node {
  if (channels === undefined || typeof x === "number") return expand(x, { [FACTORS]: 1 });
  return rename(x, { [channels]: FACTORS });
}

/** Factors one after another. */
export function sideBySide(factors: readonly Node[]): Node {
  return factors.length === 1 ? factors[0] : concat(factors, FACTORS);
}

function pairsOf({ rest }: LogitTerms): readonly Node[] {
  return rest.filter((term) => hasAxis(term, "queries") && hasAxis(term, "keys"));
}

function perUnitOf({ rest }: LogitTerms): Node | undefined {
  return sumOf(rest.filter((term) => hasAxis(term, "keys") && !hasAxis(term, "queries")));
}

function perRowOf({ rest }: LogitTerms): Node | undefined {
  return sumOf(rest.filter((term) => !hasAxis(term, "keys")));
}

function sumOf(terms: readonly Node[]): Node | undefined {
  return terms.length === 0 ? undefined : terms.reduce((sum, term) => add(sum, term));
}
