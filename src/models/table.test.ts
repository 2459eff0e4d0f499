import { expect, test } from "vitest";
import { movedNumbers } from "../../test/support/movedNumbers.ts";
import { FormatError } from "../formats/formatError.ts";
import { CONFIGURATIONS } from "./network/configuration.ts";
import { network } from "./network/network.ts";
import { writeNetworkFile } from "./network/networkFile.ts";
import { DEFAULT_MODEL, isNetwork, modelNames, openModel } from "./table.ts";

function fileOf(configuration: typeof CONFIGURATIONS.small): Uint8Array {
  const numbers = movedNumbers(network(configuration).parameters);
  return writeNetworkFile({ configuration, numbers, notes: {} });
}

const SMALL = fileOf(CONFIGURATIONS.small);

test("a model opens by its name, and those with weights ask for their file once", async () => {
  for (const name of modelNames) {
    const asked: string[] = [];
    const model = await openModel(name, async (file) => {
      asked.push(file);
      return SMALL;
    });
    expect(model.name).toBe(name);
    expect(asked).toEqual(isNetwork(name) ? [`${name}.safetensors`] : []);
  }
});

test("the default is a network", () => {
  expect(isNetwork(DEFAULT_MODEL)).toBe(true);
});

test("a name that there is none of is refused with those that there are", async () => {
  await expect(openModel("horse")).rejects.toThrow(
    new RangeError('openModel: expected one of small, colour, got "horse".'),
  );
});

const later = Uint8Array.from(SMALL);
later.set(new TextEncoder().encode('"version":"9"'), Buffer.from(SMALL).indexOf('"version":"1"'));

test.each<[what: string, bytes: Uint8Array, message: string]>([
  ["cut off", SMALL.subarray(0, SMALL.length - 4), "where the file ends"],
  ["no weights at all", new TextEncoder().encode("<!doctype html>"), "readSafetensors: "],
  ["of a later version", later, 'expected version 1 of a network, got "9"'],
  ["of another network", fileOf(CONFIGURATIONS.tiny), 'Expected the network "small", got "tiny"'],
])("weights that are %s are told with the cure", async (_, bytes, message) => {
  const opening = openModel("small", async () => bytes);
  await expect(opening).rejects.toThrow(FormatError);
  await expect(opening).rejects.toThrow(message);
  await expect(opening).rejects.toThrow('install it again, or choose the model "colour"');
});

test("why weights cannot be read is told", async () => {
  const opening = openModel("small", async () => {
    throw new Error("The disk is gone.");
  });
  await expect(opening).rejects.toThrow("cannot be used. The disk is gone. They come with");
  await expect(openModel("small")).rejects.toThrow("use openModel of maskwise/node");
});
