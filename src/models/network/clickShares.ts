/**
 * Why a pixel has its value: the value that the corrective classifier expects at a pixel is an average
 * of what the clicks say and of what the units held before, and these are the weights of it.
 *
 *     ρ[j,c] = β w[c,j] t[c] / (θ + β Σ_c w[c,j] t[c])       what click c has in unit j
 *     ρ[j,0] = θ / (θ + β Σ_c w[c,j] t[c])                   what the unit keeps of its own
 *     share[i,c] = Σ_j w[i,j] ρ[j,c]                         down every column, then along every row
 *
 * so that v[i] = Σ_c share[i,c] v[c] + Σ_j w[i,j] ρ[j,0] μ⁰[j], and the shares of a pixel sum to one.
 *
 * @see correctiveClassifier.ts, whose steps these are.
 */

import { propagateValues } from "../../attention/propagateValues.ts";
import { responsibilities } from "../../attention/responsibilities.ts";
import type { Node } from "../../graph/node.ts";
import { add } from "../../graph/operations/add.ts";
import { concat } from "../../graph/operations/concat.ts";
import { divide } from "../../graph/operations/divide.ts";
import { expand } from "../../graph/operations/expand.ts";
import { mean } from "../../graph/operations/mean.ts";
import { multiply } from "../../graph/operations/multiply.ts";
import { rename } from "../../graph/operations/rename.ts";
import { split } from "../../graph/operations/split.ts";
import { sum } from "../../graph/operations/sum.ts";
import { withLast } from "../../graph/windows/windows.ts";
import type { ClickInputs } from "./clickInputs.ts";
import type { Grid } from "./clickMaps.ts";
import type { Classifier } from "./configuration.ts";
import {
  type CorrectiveClassifierParameters,
  inferValues,
  saidAt,
  tokensOf,
  unitsOf,
} from "./correctiveClassifier.ts";

type Corrective = Extract<Classifier, { readonly kind: "corrective" }>;

/** @returns `[…, sources, height, width]`: the first source is the network's own view, then the clicks. */
export function clickShares(
  features: Node,
  logits: Node,
  clicks: ClickInputs,
  fine: Grid,
  { stride, valueSteps }: Corrective,
  parameters: CorrectiveClassifierParameters<Node>,
): Node {
  const tokens = tokensOf(features, logits, fine, stride, parameters);
  const { mixture, priorPrecision } = unitsOf(tokens, clicks, parameters);
  const { asking, labels } = saidAt(tokens, clicks);
  const steps = Math.max(0, valueSteps - 1);
  // The weights of the last step are those of the values before it.
  const { mixture: last } = propagateValues(mixture, asking, labels, { steps, priorPrecision });
  const said = rename(labels.value, { labels: "queries" });
  const weights = multiply(
    responsibilities(last, asking, said),
    rename(labels.weight, { labels: "queries" }),
  );
  const pull = multiply(weights, valueSteps === 0 ? 0 : mixture.valuePrecision);
  const total = add(sum(pull, "queries"), priorPrecision);
  const own = expand(divide(priorPrecision, total), { valueChannels: 1 });
  const shares = concat(
    [own, rename(divide(pull, total), { queries: "valueChannels" })].map((share) =>
      withLast(share, ["keys", "valueChannels"]),
    ),
    "valueChannels",
  );
  const { height, width } = tokens.grid;
  const inferred = inferValues(tokens.query, split(shares, "keys", { height, width }), parameters);
  return withLast(rename(mean(inferred, "heads"), { valueChannels: "sources" }), [
    "sources",
    "height",
    "width",
  ]);
}
