import { graph } from "../../src/graph/index.ts";
import type { HostTensor } from "../../src/tensor/index.ts";
import { caseInputs, NotSupported } from "./caseInputs.ts";
import { compare, type Expected, neverFalls } from "./compare.ts";
import { type Executor, toleranceOf } from "./executors.ts";
import { kinds } from "./kinds.ts";
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

/** Expectations we do not meet yet, by how their names begin, and what to call them. */
const NOT_SUPPORTED: readonly { readonly prefix: string; readonly reason: string }[] = [
  { prefix: "grad:", reason: "gradients" },
];

/** Runs every case of a pack on an executor, one after another. */
export async function* runPack(pack: Pack, executor: Executor): AsyncGenerator<Result> {
  for (const testCase of pack.cases) {
    const checks = checksOf(testCase);
    const supported = checks.filter((check) => whyNotSupported(testCase, check) === undefined);
    const verdicts = await verdictsOf(pack, testCase, supported, executor);
    for (const check of checks) {
      const verdict = verdicts.get(check) ?? {
        outcome: "not supported",
        reason: whyNotSupported(testCase, check) ?? "",
      };
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

function whyNotSupported(testCase: Case, { expectation }: Check): string | undefined {
  const { kind } = testCase;
  const { name } = expectation;
  if (!Object.hasOwn(kinds, kind)) return `kind ${kind}`;
  if (isAdvisedAgainst(testCase, expectation)) {
    return "an answer of the released layer that its pack recommends against";
  }
  return NOT_SUPPORTED.find(({ prefix }) => name.startsWith(prefix))?.reason;
}

/** Whether the pack has a better answer that is another one. */
function isAdvisedAgainst(
  { expect, recommendedDiffers = Number.POSITIVE_INFINITY }: Case,
  { name, tolF64, scale }: Expectation,
): boolean {
  const hasBetter = expect.some((other) => other.name === `recommended:${name}`);
  return hasBetter && recommendedDiffers > tolF64 * scale;
}

/** Verdicts on these checks; when the case cannot be set up or run at all, the same on each. */
async function verdictsOf(
  pack: Pack,
  testCase: Case,
  checks: readonly Check[],
  executor: Executor,
): Promise<ReadonlyMap<Check, Verdict>> {
  if (checks.length === 0) return new Map();
  try {
    const { axes, broadcasts, outputs } = kinds[testCase.kind];
    const inputs = caseInputs(pack, testCase, axes, broadcasts);
    const known = outputs(testCase, inputs);
    const asked = new Set(checks.map(({ expectation }) => expectation.name));
    const built = graph(
      Object.fromEntries(Object.entries(known).filter(([name]) => asked.has(name))),
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
    return new Map(checks.map((each) => [each, verdict]));
  }
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
  return fault === undefined ? { outcome: "passed" } : { outcome: "failed", reason: fault };
}

function expectedOf(pack: Pack, testCase: Case, expectation: Expectation): Expected {
  const { f64, at } = expectation;
  return {
    tensor: pack.tensor(testCase, f64),
    at: at === undefined ? undefined : pack.tensor(testCase, at).data,
    expectation,
  };
}
