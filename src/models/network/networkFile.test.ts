import { expect, test } from "vitest";
import { movedNumbers } from "../../../test/support/movedNumbers.ts";
import { readSafetensors, type StoredTensor, writeSafetensors } from "../../formats/safetensors.ts";
import { tensor } from "../../tensor/hostTensor.ts";
import { CONFIGURATIONS, type NetworkConfiguration } from "./configuration.ts";
import { network } from "./network.ts";
import { type NetworkFile, readNetworkFile, writeNetworkFile } from "./networkFile.ts";

const { tiny } = CONFIGURATIONS;
const FILE: NetworkFile = {
  configuration: tiny,
  numbers: movedNumbers(network(tiny).parameters),
  notes: { recipe: "9f2c", licence: "Apache-2.0" },
};
const BYTES = writeNetworkFile(FILE);

/** The file with other notes and tensors. */
function changed(
  metadata: Readonly<Record<string, string>>,
  tensors: Readonly<Record<string, StoredTensor | undefined>> = {},
): Uint8Array {
  const file = readSafetensors(BYTES);
  const all = new Map(file.tensors);
  for (const [name, own] of Object.entries(tensors)) {
    if (own === undefined) all.delete(name);
    else all.set(name, own);
  }
  return writeSafetensors({ tensors: all, metadata: { ...file.metadata, ...metadata } });
}

test("a network comes back from its file, with what is known of it", () => {
  const { configuration, numbers, notes } = readNetworkFile(BYTES);
  expect(configuration).toEqual(tiny);
  expect(notes).toEqual(FILE.notes);
  expect(Object.keys(numbers)).toEqual(Object.keys(FILE.numbers));
  for (const [path, { axes, data }] of Object.entries(FILE.numbers)) {
    expect(numbers[path].axes).toEqual(axes);
    expect(data.every((value, i) => value === numbers[path].data[i])).toBe(true);
  }
  expect(Buffer.compare(writeNetworkFile(readNetworkFile(BYTES)), BYTES)).toBe(0);
});

test.each(
  Object.values<NetworkConfiguration>(CONFIGURATIONS).map((own) => [own.name, own] as const),
)("what %s is made of can be read back", (_, configuration) => {
  const text = JSON.stringify(configuration);
  const bare = writeSafetensors({
    tensors: new Map(),
    metadata: { architecture: "maskwise-network", version: "1", configuration: text },
  });
  // Everything about it is right but that all its tensors are missing.
  expect(() => readNetworkFile(bare)).toThrow(
    `expected the tensors of "${configuration.name}", got a checkpoint of another architecture`,
  );
});

test("weights of something else are refused, and it is said what they are of", () => {
  const other = writeSafetensors({ tensors: new Map() });
  expect(() => readNetworkFile(other)).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: readNetworkFile: expected the weights of a network of Maskwise, got a file that does not say what it is of. Train one, or load the file it was trained from.]`,
  );
  expect(() =>
    readNetworkFile(changed({ architecture: "MobileNetV2 1.0" })),
  ).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: readNetworkFile: expected the weights of a network of Maskwise, got a checkpoint of another architecture, "MobileNetV2 1.0". Train one, or load the file it was trained from.]`,
  );
  expect(() => readNetworkFile(changed({ version: "2" }))).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: readNetworkFile: expected version 1 of a network, got "2". Use the release of Maskwise that wrote it.]`,
  );
});

test("tensors that are not those of the configuration are named", () => {
  const narrow: StoredTensor = { dtype: "F32", shape: [2], data: new Float32Array(2) };
  const bytes = changed({}, { "logits.bias": narrow, "logits.weight": undefined, extra: narrow });
  expect(() => readNetworkFile(bytes)).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: readNetworkFile: expected the tensors of "tiny", got a checkpoint of another architecture: "extra" is unknown, "logits.weight" is missing, "logits.bias" is [2] for [channels 1]. Load it with the release of Maskwise that wrote it.]`,
  );
  const { small } = CONFIGURATIONS;
  expect(() => readNetworkFile(changed({ configuration: JSON.stringify(small) }))).toThrow(
    /expected the tensors of "small", got a checkpoint of another architecture: .*, and \d+ more/,
  );
});

test.each<[string, (own: NetworkConfiguration) => object]>([
  ["colour: expected one of name, side,", (own) => ({ ...own, colour: 1 })],
  ["pyramid: expected an object, got nothing", ({ pyramid: _, ...own }) => own],
  [
    "backbone.kind: expected one of mobile, residual",
    (own) => ({ ...own, backbone: { ...own.backbone, kind: "vision" } }),
  ],
  [
    "backbone.blocks: expected blocks that pass through stride 4",
    (own) => ({ ...own, backbone: { kind: "mobile", stem: 8, blocks: [] } }),
  ],
  ["side: expected a multiple of 16", (own) => ({ ...own, side: 100 })],
  [
    "attention.inner: expected a multiple of its 5 heads",
    (own) => ({ ...own, attention: { ...own.attention, heads: 5 } }),
  ],
  [
    "classifier.stride: expected a divisor of 64",
    (own) => ({ ...own, classifier: { ...own.classifier, stride: 3 } }),
  ],
  [
    "decoder.deep: expected a whole number of at least 1, got 0",
    (own) => ({ ...own, decoder: { ...own.decoder, deep: 0 } }),
  ],
  [
    "interaction.reaches.0: expected a number above 0, got 0",
    (own) => ({ ...own, interaction: { ...own.interaction, reaches: [0] } }),
  ],
  ["pyramid.rates: expected a list", (own) => ({ ...own, pyramid: { ...own.pyramid, rates: 3 } })],
])("a configuration is checked: %s", (message, change) => {
  const configuration = JSON.stringify(change(tiny));
  expect(() => readNetworkFile(changed({ configuration }))).toThrow(`configuration.${message}`);
});

test("what would not come back is not written", () => {
  const { "logits.bias": bias, ...rest } = FILE.numbers;
  expect(bias).toBeDefined();
  expect(() => writeNetworkFile({ ...FILE, numbers: rest })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: writeNetworkFile: expected numbers [channels 1] for "logits.bias" of "tiny", got nothing. Give those of the same configuration.]`,
  );
  const turned = { ...rest, "logits.bias": tensor({ filters: 1 }, [0]) };
  expect(() => writeNetworkFile({ ...FILE, numbers: turned })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: writeNetworkFile: expected numbers [channels 1] for "logits.bias" of "tiny", got [filters 1]. Give those of the same configuration.]`,
  );
  expect(() =>
    writeNetworkFile({ ...FILE, notes: { version: "0" } }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: writeNetworkFile: expected notes without "version", which the file says itself. Call it otherwise.]`,
  );
});
