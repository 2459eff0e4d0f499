import { gradient, graph, multiply, type Node, sum } from "../../src/graph/index.ts";
import { type HostTensor, tensor } from "../../src/tensor/index.ts";
import { type CaseInputs, caseInputs, NotSupported } from "./caseInputs.ts";
import { compare, type Expected, neverFalls } from "./compare.ts";
import { type Executor, toleranceOf } from "./executors.ts";
import { type KindOfCase, kinds, type Outputs } from "./kinds.ts";
import type { Case, Expectation, Pack } from "./pack.ts";

/** One expectation of one case on one executor, and how it went. */
export interface Result {
  readonly executor: string;
  readonly caseId: string;
  readonly expectation: string;
  readonly outcome: "passed" | "failed" | "not supported";
  /** What is wrong, or what is not supported. */
  readonly reason?: string;
}

/** Why it is no failure when an answer differs. */
const ADVISED_AGAINST = "an answer of the released layer that its pack recommends against";

/** Runs every case of a pack on an executor, one after another. */
export async function* runPack(pack: Pack, executor: Executor): AsyncGenerator<Result> {
  for (const testCase of pack.cases) {
    const checks = checksOf(testCase);
    const verdicts = Object.hasOwn(kinds, testCase.kind)
      ? await verdictsOf(pack, testCase, checks, executor)
      : sameOnEach(checks, { outcome: "not supported", reason: `kind ${testCase.kind}` });
    for (const check of checks) {
      const verdict = verdicts.get(check) ?? { outcome: "failed", reason: "no verdict" };
      yield { executor: executor.name, caseId: testCase.id, expectation: check.name, ...verdict };
    }
  }
}

/** One thing to look at in the answer to a case. */
interface Check {
  readonly name: string;
  readonly expectation: Expectation;
  readonly rule: "equal" | "rising";
}

type Verdict = Pick<Result, "outcome" | "reason">;

function checksOf({ expect, nonDecreasing = [] }: Case): readonly Check[] {
  const rising = expect.filter(({ name }) => nonDecreasing.includes(name));
  return [
    ...expect.map((expectation) => check(expectation.name, expectation, "equal")),
    ...rising.map((expectation) => check(`${expectation.name} never falls`, expectation, "rising")),
  ];
}

function check(name: string, expectation: Expectation, rule: Check["rule"]): Check {
  return { name, expectation, rule };
}

/** Whether the pack has a better answer than `out`, and so than its gradients, that is another one. */
function isAdvisedAgainst(
  { expect, recommendedDiffers = Number.POSITIVE_INFINITY }: Case,
  { name }: Expectation,
): boolean {
  const recommended = expect.find((other) => other.name === "recommended:out");
  if (recommended === undefined || name.startsWith("recommended:")) return false;
  return recommendedDiffers > recommended.tolF64 * recommended.scale;
}

/** Verdicts on these checks; when the case cannot be set up or run at all, the same on each. */
async function verdictsOf(
  pack: Pack,
  testCase: Case,
  checks: readonly Check[],
  executor: Executor,
): Promise<ReadonlyMap<Check, Verdict>> {
  try {
    const kind = kinds[testCase.kind];
    const inputs = caseInputs(pack, testCase, kind.axes, kind.broadcasts);
    const known = kind.outputs(testCase, inputs);
    const asked = new Set(checks.map(({ expectation }) => expectation.name));
    const gradients = gradientsOf(testCase, kind, known, inputs, asked);
    const built = graph(
      Object.fromEntries(
        Object.entries({ ...known, ...gradients }).filter(([name]) => asked.has(name)),
      ),
    );
    const given = Object.entries(inputs.values).filter(([name]) => name in built.inputs);
    const results = await executor.run(built, Object.fromEntries(given));
    return new Map(
      checks.map((each) => {
        const ours = results[each.expectation.name];
        return [each, verdictOn(pack, testCase, each, ours, executor)];
      }),
    );
  } catch (error) {
    const verdict: Verdict =
      error instanceof NotSupported
        ? { outcome: "not supported", reason: error.message }
        : { outcome: "failed", reason: String(error) };
    return sameOnEach(checks, verdict);
  }
}

function sameOnEach(checks: readonly Check[], verdict: Verdict): ReadonlyMap<Check, Verdict> {
  return new Map(checks.map((each) => [each, verdict]));
}

const GRADIENT = "grad:";

/** The gradients a case asks for, of its scalar output or of Σ output · cot. */
function gradientsOf(
  testCase: Case,
  { differentiated }: KindOfCase,
  outputs: Outputs,
  inputs: CaseInputs,
  asked: ReadonlySet<string>,
): Outputs {
  const parameters: Record<string, Node> = {};
  for (const name of asked) {
    const of = name.startsWith(GRADIENT) ? inputs.get(name.slice(GRADIENT.length)) : undefined;
    if (of !== undefined) parameters[name] = of;
  }
  if (Object.keys(parameters).length === 0) return {};
  const out = differentiated?.(outputs) ?? outputs["out"];
  return gradient(againstCotangent(testCase, out, inputs), parameters);
}

function againstCotangent(testCase: Case, out: Node, inputs: CaseInputs): Node {
  const sizes = Object.fromEntries(out.axes.map(({ name, size }) => [name, size]));
  if (!Object.hasOwn(testCase.inputs, "cot")) return sum(out, ...Object.keys(sizes));
  const cotangent = inputs.add("cot", tensor(sizes, inputs.stored("cot").data));
  return sum(multiply(out, cotangent), ...Object.keys(sizes));
}

function verdictOn(
  pack: Pack,
  testCase: Case,
  { expectation, rule }: Check,
  ours: HostTensor | undefined,
  executor: Executor,
): Verdict {
  if (ours === undefined) {
    const reason = `output "${expectation.name}" of ${testCase.kind}`;
    return { outcome: "not supported", reason };
  }
  const tolerance = toleranceOf(executor, expectation);
  const isDouble = executor.precision === "float64";
  const fault =
    rule === "rising"
      ? neverFalls(ours, expectation, tolerance, isDouble)
      : compare(ours, expectedOf(pack, testCase, expectation), tolerance, isDouble);
  if (fault === undefined) return { outcome: "passed" };
  return isAdvisedAgainst(testCase, expectation)
    ? { outcome: "not supported", reason: ADVISED_AGAINST }
    : { outcome: "failed", reason: fault };
}

function expectedOf(pack: Pack, testCase: Case, expectation: Expectation): Expected {
  const { f64, at } = expectation;
  return {
    tensor: pack.tensor(testCase, f64),
    at: at === undefined ? undefined : pack.tensor(testCase, at).data,
    expectation,
  };
}
