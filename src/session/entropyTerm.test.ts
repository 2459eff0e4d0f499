import fc from "fast-check";
import { expect, test } from "vitest";
import { entropyTerm } from "./entropyTerm.ts";

test("it is −p ln p within a millionth, and nothing at 0 and 1", () => {
  expect(entropyTerm(0)).toBe(0);
  expect(entropyTerm(1)).toBe(0);
  expect(entropyTerm(-1e-9)).toBe(0);
  expect(entropyTerm(1 + 1e-7)).toBe(0);
  const share = fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1e-4, noNaN: true }),
    fc.double({ min: 1 - 1e-4, max: 1, noNaN: true }),
  );
  fc.assert(
    fc.property(share, (p) => {
      const exact = p > 0 ? -p * Math.log(p) : 0;
      expect(Math.abs(entropyTerm(p) - exact)).toBeLessThan(1e-6);
    }),
    { numRuns: 5000 },
  );
});
