/** Which of the known inputs and outputs a network has, and what sizes it is made for. */

import { FormatError } from "../../formats/formatError.ts";
import type { Network, NetworkValue } from "../../graph/onnx/network.ts";
import { checkType, namesOf, shown } from "./values.ts";

type InputName = "image" | "clicks" | "previous";

/** What the numbers of the answer are. */
export type AnswerName = "logits" | "probability";

/** A size that files may fix. */
type FreeSize = "clicks" | "height" | "width";

const INPUTS: Readonly<Record<InputName, readonly (number | FreeSize)[]>> = {
  image: [1, 3, "height", "width"],
  clicks: [1, "clicks", 3],
  previous: [1, 1, "height", "width"],
};

const NEEDED: readonly InputName[] = ["image", "clicks"];
const ANSWERS: readonly AnswerName[] = ["logits", "probability"];

export interface Signature {
  readonly takesPrevious: boolean;
  readonly answer: AnswerName;
  /** The sizes that the file fixes. */
  readonly fixed: Readonly<Partial<Record<FreeSize, number>>>;
}

/**
 * @param file The name of the file, for messages.
 * @throws {FormatError} When the network takes or gives something else.
 */
export function signatureOf(file: string, { inputs, outputs }: Network): Signature {
  const fixed: Partial<Record<FreeSize, number>> = {};
  for (const value of inputs) checkInput(file, value, fixed);
  for (const name of NEEDED) {
    if (!inputs.some((input) => input.name === name)) {
      throw new FormatError(
        `${file}: expected an input "${name}" ${shown(INPUTS[name])}, got ${namesOf(inputs)}. Name the inputs so when you export the model.`,
      );
    }
  }
  const answers = ANSWERS.filter((name) => outputs.some((output) => output.name === name));
  if (answers.length !== 1) {
    throw new FormatError(
      `${file}: expected one output called "logits" or "probability", got ${namesOf(outputs)}. Name the output so when you export the model.`,
    );
  }
  const [answer] = answers;
  checkType(
    file,
    "output",
    outputs.find(({ name }) => name === answer),
  );
  return { takesPrevious: inputs.some(({ name }) => name === "previous"), answer, fixed };
}

/** @param fixed Gets the sizes that this input fixes. */
function checkInput(
  file: string,
  value: NetworkValue,
  fixed: Partial<Record<FreeSize, number>>,
): void {
  const { name, sizes } = value;
  if (!isInputName(name)) {
    throw new FormatError(
      `${file}: expected inputs called ${Object.keys(INPUTS).join(", ")}, got "${name}". Rename it, or make it a constant, when you export the model.`,
    );
  }
  checkType(file, "input", value);
  const wanted = INPUTS[name];
  const sizeOf = (size: number | FreeSize) =>
    typeof size === "number" ? size : (fixed[size] ?? size);
  const wrong = () =>
    new FormatError(
      `${file}: expected the input "${name}" to be ${shown(wanted.map(sizeOf))}, got ${shown(sizes)}. Export the model so.`,
    );
  if (sizes.length !== wanted.length) throw wrong();
  sizes.forEach((size, axis) => {
    if (typeof size !== "number" || size <= 0) return;
    const expected = wanted[axis];
    const known = sizeOf(expected);
    if (typeof known === "number" && size !== known) throw wrong();
    if (typeof expected === "string") fixed[expected] = size;
  });
}

function isInputName(name: string): name is InputName {
  return Object.hasOwn(INPUTS, name);
}
