import fc from "fast-check";
import { expect, test } from "vitest";
import { fromHalfFloats, LARGEST_HALF, toHalfFloats } from "./halfFloats.ts";

/** Every half float that is a number. */
const ALL = Uint16Array.from({ length: 65536 }, (_, bits) => bits).filter(
  (bits) => (bits & 0x7fff) <= 0x7c00,
);

test("every half float is itself", () => {
  expect(toHalfFloats(fromHalfFloats(ALL))).toEqual(ALL);
  expect(fromHalfFloats(toHalfFloats([Number.NaN]))).toEqual(Float32Array.of(Number.NaN));
});

test("some by hand", () => {
  expect(fromHalfFloats(Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001))).toEqual(
    Float32Array.of(1, -2, LARGEST_HALF, 2 ** -24),
  );
});

test("a number becomes the half float nearest to it, an even one where two are as near", () => {
  const law = fc.property(
    fc.nat({ max: 0x7bfe }),
    fc.float({ min: 0, max: 1, noNaN: true }),
    (bits, share) => {
      const [low, high] = fromHalfFloats(Uint16Array.of(bits, bits + 1));
      const between = Math.fround(low + share * (high - low));
      const middle = (low + high) / 2;
      const [own] = toHalfFloats([between]);
      if (between < middle) expect(own).toBe(bits);
      else if (between > middle) expect(own).toBe(bits + 1);
      else expect(own).toBe(bits + (bits & 1));
    },
  );
  fc.assert(law, { numRuns: 1000 });
  for (const bits of ALL.filter((own) => own < 0x7bff)) {
    const [low, high] = fromHalfFloats(Uint16Array.of(bits, bits + 1));
    if (toHalfFloats([(low + high) / 2])[0] !== bits + (bits & 1)) expect.fail(`after ${low}`);
  }
});

test("what is too large is infinite, what is too small is 0", () => {
  const numbers = fromHalfFloats(toHalfFloats([65519, 65520, -1e9, 2 ** -25, -1e-30]));
  expect(numbers).toEqual(Float32Array.of(65504, Infinity, -Infinity, 0, -0));
});
