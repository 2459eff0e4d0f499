import { expect, test } from "vitest";
import { dropUnaskedPieces } from "./pieces.ts";
import type { Seeds } from "./seeds.ts";

const NOTHING: Seeds = { clicks: [], strokes: [], regions: [], start: undefined };

/** Probabilities of a drawing: each character is the label that is 0.8 probable there. */
function drawn(rows: readonly string[], labels: number): Float32Array {
  const shown = rows.join("");
  return Float32Array.from({ length: labels * shown.length }, (_, i) => {
    const label = Math.floor(i / shown.length);
    return Number(shown[i % shown.length]) === label ? 0.8 : 0.2 / (labels - 1);
  });
}

/** The drawing that comes out. */
function after(rows: readonly string[], seeds: Partial<Seeds>, labels = 2): readonly string[] {
  const probabilities = drawn(rows, labels);
  const size = { width: rows[0].length, height: rows.length };
  dropUnaskedPieces(probabilities, { ...NOTHING, ...seeds }, labels, size);
  const pixels = size.width * size.height;
  const best = Array.from({ length: pixels }, (_, i) => {
    let label = 0;
    for (let other = 1; other < labels; other++) {
      if (probabilities[other * pixels + i] > probabilities[label * pixels + i]) label = other;
    }
    return label;
  });
  return rows.map((row, y) => best.slice(y * row.length, (y + 1) * row.length).join(""));
}

test("an island without a click sinks, the one with a click stays", () => {
  expect(after(["0110011"], { clicks: [{ at: 1, label: 1 }] })).toEqual(["0110000"]);
});

test("a hole without a click of the background is filled, one with such a click stays", () => {
  const ring = ["00000", "01110", "01010", "01110", "00000"];
  const object = { at: 6, label: 1 };
  expect(after(ring, { clicks: [object] })[2]).toBe("01110");
  expect(after(ring, { clicks: [object, { at: 12, label: 0 }] })[2]).toBe("01010");
});

test("background that reaches the border is nobody's hole", () => {
  expect(after(["110", "110"], { clicks: [{ at: 0, label: 1 }] })).toEqual(["110", "110"]);
});

test("an unasked island between two labels goes to the more probable of the others", () => {
  const probabilities = Float32Array.of(0.8, 0.1, 0.8, 0.1, 0.6, 0.1, 0.1, 0.3, 0.1);
  const seeds = { ...NOTHING, clicks: [{ at: 0, label: 0 }] };
  dropUnaskedPieces(probabilities, seeds, 3, { width: 3, height: 1 });
  expect(Math.round(probabilities[7] * 10)).toBe(6);
});

test("without anything said of a label, nothing of it is left", () => {
  expect(after(["0110", "0110"], {})).toEqual(["0000", "0000"]);
});

test("pieces of a starting mask and of a label with a box count as asked for", () => {
  const rows = ["0110011"];
  const start = { data: Uint8Array.of(0, 1, 1, 0, 0, 0, 0), precision: 1 };
  expect(after(rows, { start })).toEqual(["0110000"]);
  const at = (x: number) => ({ unit: "pixel", x, y: 0 }) as const;
  const box = { kind: "box", from: at(0), to: at(6), says: "object" } as const;
  expect(after(rows, { regions: [{ region: box, label: 1 }] })).toEqual(rows);
});
