// `npm test`: set up, build and run everything; the last line sums up all runners.
// With arguments it runs the matching test files only: npm test -- src/clicks
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.mjs";
import { check, checks } from "./check.mjs";
import { packageChecks } from "./checkPackage.mjs";
import { ensureChromium } from "./chromium.mjs";
import { attempt, root, say } from "./run.mjs";
import { setUp } from "./setup.mjs";

const only = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };
const complaints = [];

function count(names, failed) {
  total.passed += names.length - failed.length;
  total.failed += failed.length;
  complaints.push(...failed);
}

/** Tests that need the data beside the project say so in their names; with the data there they must run. */
function unexcused(test) {
  return (
    test.status !== "passed" && test.status !== "failed" && test.fullName.includes("../shared")
  );
}

function runVitest() {
  const report = join(root, "test/output/vitest.json");
  mkdirSync(join(root, "test/output"), { recursive: true });
  rmSync(report, { force: true });
  const ran = attempt("node_modules/.bin/vitest", [
    "run",
    ...only,
    ...(hasBrowser ? [] : ["--project", "house"]),
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  if (!existsSync(report)) return count(["vitest"], ["vitest did not report"]);
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  total.passed += numPassedTests;
  total.failed += numFailedTests;
  total.skipped += numPendingTests + numTodoTests;
  if (!hasBrowser) {
    total.skipped += 1;
    if (process.env.CI) count(["browser tests"], ["browser tests: there is no Chromium"]);
  }
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  if (existsSync(join(root, "../shared"))) {
    for (const { fullName } of tests.filter(unexcused)) {
      total.skipped -= 1;
      total.failed += 1;
      complaints.push(`skipped although the data is there: ${fullName}`);
    }
  }
  if (!ran && numFailedTests === 0) count(["vitest"], ["a test file could not be run"]);
}

setUp();
const hasBrowser = ensureChromium();
build();
if (only.length === 0) {
  count(Object.keys(checks), check());
  const broken = Object.entries(packageChecks).filter(([name, passes]) => {
    say(name);
    return !passes();
  });
  count(
    Object.keys(packageChecks),
    broken.map(([name]) => name),
  );
}
say("tests");
runVitest();
for (const complaint of complaints) console.log(`FAILED ${complaint}`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed > 0 ? 1 : 0);
