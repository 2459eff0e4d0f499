import fc from "fast-check";
import { expect, test } from "vitest";
import { graph } from "../graph.ts";
import { input } from "../operations/input.ts";
import { relu } from "../operations/relu.ts";
import { readMetadata } from "./readMetadata.ts";
import { writeOnnx } from "./writeOnnx.ts";

const GRAPH = graph({ y: relu(input("x", { x: 2 })) });

test("what is said of a model when it is written is what it says when it is read", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string({ unit: "grapheme" })), (metadata) => {
      expect(readMetadata(writeOnnx(GRAPH, { metadata }))).toEqual({ ...metadata });
    }),
  );
});

test("a file that is cut off inside of what it says is refused", () => {
  const bytes = writeOnnx(GRAPH, { metadata: { licence: "Apache-2.0" } });
  expect(() => readMetadata(bytes.subarray(0, -1))).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: readMetadata: expected an ONNX model, got 105 bytes that are none, or not all of one. Copy the file again.]`,
  );
  expect(() => readMetadata(Uint8Array.of(15))).toThrow(RangeError);
});
