import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type StoredTensor, writeSafetensors } from "../../src/formats/index.ts";
import { openExecutor, usualDevices } from "./executors.ts";
import { openPack } from "./pack.ts";
import { type Result, runPack } from "./runPack.ts";

const folder = mkdtempSync(join(tmpdir(), "conformance-"));
afterAll(() => rmSync(folder, { recursive: true }));

const f32 = (shape: readonly number[], ...numbers: number[]): StoredTensor => ({
  dtype: "F32",
  shape,
  data: Float32Array.from(numbers),
});
const f64 = (shape: readonly number[], ...numbers: number[]): StoredTensor => ({
  dtype: "F64",
  shape,
  data: Float64Array.from(numbers),
});

/** A token halfway between two keys: its value is halfway between 1 and 2. */
const TENSORS = {
  q: f32([1, 1, 1, 1], 0),
  key: f32([1, 1, 1, 2], -1, 1),
  mu: f32([1, 1, 1, 2], 1, 2),
  alpha: f32([], 1),
  beta: f32([], 0),
  out: f64([1, 1, 1, 1], 1.5),
};

interface Changes {
  readonly kind?: string;
  readonly tensors?: Readonly<Record<string, StoredTensor>>;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly expect?: readonly object[];
  readonly nonDecreasing?: readonly string[];
  readonly sha256?: string;
}

const EXPECTED = { name: "out", f64: "out", scale: 1, tolF64: 1e-11, tolF32: 2e-6 };

/** Write a pack of one case, and open it. */
function packOf(name: string, { tensors = {}, inputs = {}, sha256, ...changes }: Changes): string {
  const path = join(folder, name);
  const bytes = writeSafetensors({ tensors: new Map(Object.entries({ ...TENSORS, ...tensors })) });
  const sum = createHash("sha256").update(bytes).digest("hex");
  const own = { q: "q", key: "key", mu: "mu", alpha: "alpha", beta: "beta" };
  const manifest = {
    format: "golden-1",
    pack: name,
    groups: { g: { file: `${name}.safetensors`, sha256: sha256 ?? sum } },
    cases: [
      {
        id: "g/case",
        group: "g",
        kind: "layer",
        options: { prior: "uniform" },
        expect: [EXPECTED],
        ...changes,
        inputs: { ...own, ...inputs },
      },
    ],
  };
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, "manifest.json"), JSON.stringify(manifest));
  writeFileSync(join(path, `${name}.safetensors`), bytes);
  return path;
}

const executor = await openExecutor(usualDevices[0]);

async function resultsOf(changes: Changes): Promise<readonly Result[]> {
  const results: Result[] = [];
  for await (const result of runPack(openPack(packOf("pack", changes)), executor)) {
    results.push(result);
  }
  return results;
}

const brief = (results: readonly Result[]): string[] =>
  results.map(({ expectation, outcome, reason }) =>
    [expectation, outcome, reason].filter(Boolean).join(": "),
  );

test("what comes out as expected passes", async () => {
  expect(brief(await resultsOf({}))).toEqual(["out: passed"]);
});

test("gradients are of the sum of the output with the cotangent", async () => {
  // out = (e⁻ˣ·1 + eˣ·2) / (e⁻ˣ + eˣ) at x = 0, where ∂out/∂q is 1/2.
  const expectations = [
    { ...EXPECTED, name: "grad:q", f64: "slope" },
    { ...EXPECTED, name: "grad:mu", f64: "shares" },
  ];
  const tensors = { slope: f64([1, 1, 1, 1], 1.5), shares: f64([1, 1, 1, 2], 1.5, 1.5) };
  const inputs = { cot: "cot" };
  const given = { ...tensors, cot: f32([1, 1, 1, 1], 3) };
  const results = await resultsOf({ expect: expectations, tensors: given, inputs });
  expect(brief(results)).toEqual(["grad:q: passed", "grad:mu: passed"]);
});

test("a number that is off fails, and the report names the worst entry", async () => {
  const wrong = { tensors: { out: f64([1, 1, 1, 1], 1.5 + 1e-9) } };
  expect(brief(await resultsOf(wrong))).toMatchInlineSnapshot(`
    [
      "out: failed: worst entry is 0: 1.5, expected 1.500000001 (off by 1.00e-9, allowed 1.00e-11)",
    ]
  `);
  const absent = { tensors: { out: f64([1, 1, 1, 1], Number.NaN) } };
  expect(brief(await resultsOf(absent))).toMatchInlineSnapshot(`
    [
      "out: failed: entry 0 is 1.5, expected NaN",
    ]
  `);
  const longer = { tensors: { out: f64([2], 1.5, 1.5) } };
  expect(brief(await resultsOf(longer))).toMatchInlineSnapshot(`
    [
      "out: failed: shape is [1,1,1,1], expected [2]",
    ]
  `);
});

test("of a sampled tensor the totals count too", async () => {
  const sampled = (sum: number): Changes => ({
    tensors: { sample: f64([1], 1.5), at: { dtype: "I32", shape: [1], data: new Int32Array(1) } },
    expect: [{ ...EXPECTED, f64: "sample", at: "at", sum, sumSquares: 2.25 }],
  });
  expect(brief(await resultsOf(sampled(1.5)))).toEqual(["out: passed"]);
  expect(brief(await resultsOf(sampled(1.6)))).toMatchInlineSnapshot(`
    [
      "out: failed: sum is 1.5, expected 1.6 (off by 0.100, allowed 1.50e-9)",
    ]
  `);
});

test("a trajectory that falls fails, even where every number is as expected", async () => {
  const falling = {
    expect: [EXPECTED],
    nonDecreasing: ["out"],
    tensors: { q: f32([2, 1, 1, 1], 1, 0), out: f64([2, 1, 1, 1], 1.880797077977882, 1.5) },
  };
  const spread = { key: f32([2, 1, 1, 2], -1, 1, -1, 1), mu: f32([2, 1, 1, 2], 1, 2, 1, 2) };
  const results = await resultsOf({ ...falling, tensors: { ...falling.tensors, ...spread } });
  expect(brief(results)).toMatchInlineSnapshot(`
    [
      "out: passed",
      "out never falls: failed: falls at step 1, entry 0: from 1.8807970779778822 to 1.5 (allowed 1.00e-9)",
    ]
  `);
});

test("what we do not do is counted, with its reason, and not run", async () => {
  const gradient = { ...EXPECTED, name: "grad:temperature" };
  expect(brief(await resultsOf({ expect: [gradient] }))).toMatchInlineSnapshot(`
    [
      "grad:temperature: not supported: output "grad:temperature" of layer",
    ]
  `);
  expect(brief(await resultsOf({ kind: "spline" }))).toMatchInlineSnapshot(`
    [
      "out: not supported: kind spline",
    ]
  `);
  expect(brief(await resultsOf({ inputs: { temperature: "alpha" } }))).toMatchInlineSnapshot(`
    [
      "out: not supported: input "temperature" of layer",
    ]
  `);
  expect(
    brief(await resultsOf({ expect: [{ ...EXPECTED, name: "spread" }] })),
  ).toMatchInlineSnapshot(`
    [
      "spread: not supported: output "spread" of layer",
    ]
  `);
  const better = { ...EXPECTED, name: "recommended:out", f64: "better" };
  const tensors = { out: f64([1, 1, 1, 1], 7), better: f64([1, 1, 1, 1], 1.5) };
  const advised = { expect: [EXPECTED, better], recommendedDiffers: 5.5, tensors };
  expect(brief(await resultsOf(advised))).toMatchInlineSnapshot(`
    [
      "out: not supported: an answer of the released layer that its pack recommends against",
      "recommended:out: passed",
    ]
  `);
});

test("a file that is not the one the manifest means is refused", async () => {
  const [{ outcome, reason }] = await resultsOf({ sha256: "0".repeat(64) });
  expect(outcome).toBe("failed");
  expect(reason).toContain("expected sha256 000");
});

/** Exit code and standard output of `npm run conformance -- …`. */
function conformance(...args: readonly string[]): Promise<{ code: number; out: string }> {
  return new Promise((resolve) => {
    const command = ["--import", "tsx", "test/conformance/main.ts", ...args];
    execFile(process.execPath, command, (error, out) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out });
    });
  });
}

test("the command ends with the count, and with 0, 1 or 2", async () => {
  const good = await conformance(packOf("good", {}));
  expect(good).toEqual({
    code: 0,
    out: expect.stringMatching(/\n4 passed, 0 failed, 0 not supported\n$/),
  });
  const bad = await conformance(packOf("bad", { tensors: { out: f64([1, 1, 1, 1], 7) } }));
  expect(bad.code).toBe(1);
  expect(bad.out).toMatch(/FAILED g\/case out on interpreter-float64: worst entry is 0/);
  expect((await conformance()).code).toBe(2);
  expect((await conformance(join(folder, "nowhere"))).code).toBe(2);
});
