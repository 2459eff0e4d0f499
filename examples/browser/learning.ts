// A tiny network learns which pixels belong to a disc. Where it learns is the device's business.
import { type Device, randomNumbers } from "maskwise";
import {
  add,
  convolve,
  type HostTensor,
  input,
  type Node,
  relu,
  sigmoid,
  tensor,
} from "maskwise/graph";
import { adamW, normalisedFocal, trainingStep } from "maskwise/train";

export const SIDE = 32;
const SIZE = { channels: 1, height: SIDE, width: SIDE };
const WIDTHS = [1, 8, 8, 1];
const LAYERS = [0, 1, 2];

const random = randomNumbers(1);
const parameters: Record<string, Node> = {};
const start: Record<string, HostTensor> = {};
for (const layer of LAYERS) {
  const [channels, filters] = [WIDTHS[layer], WIDTHS[layer + 1]];
  const kernel = { filters, channels, kernelHeight: 3, kernelWidth: 3 };
  parameters[`weight${layer}`] = input(`weight${layer}`, kernel);
  parameters[`bias${layer}`] = input(`bias${layer}`, { channels: filters });
  const begin = () => (random() - 0.5) / Math.sqrt(channels);
  start[`weight${layer}`] = tensor(kernel, numbers(9 * channels * filters, begin));
  start[`bias${layer}`] = tensor({ channels: filters }, new Float32Array(filters));
}

function network(picture: Node): Node {
  return LAYERS.reduce<Node>((x, layer) => {
    const seen = convolve(x, parameters[`weight${layer}`], { padding: 2, dilation: 2 });
    const y = add(seen, parameters[`bias${layer}`]);
    return layer === LAYERS.length - 1 ? y : relu(y);
  }, picture);
}

const disc = numbers(SIDE * SIDE, (pixel) => {
  const [x, y] = [(pixel % SIDE) - 13, Math.floor(pixel / SIDE) - 18];
  return x * x + y * y < 80 ? 1 : 0;
});
const truth: HostTensor = tensor(SIZE, disc);
export const picture: HostTensor = tensor(
  SIZE,
  disc.map((inside) => inside + 2 * random() - 1.5),
);

const logits = network(input("picture", SIZE));
const step = trainingStep({
  loss: normalisedFocal(logits, input("truth", SIZE)),
  parameters,
  optimiser: adamW(),
  reports: { belief: sigmoid(logits) },
});

function numbers(count: number, next: (index: number) => number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => next(index));
}

/** Learn for so many steps, and tell of each. */
export async function* learn(device: Device, steps: number) {
  const program = await device.bind(step.graph);
  let carried: Parameters<typeof program.run>[0] = step.start(start);
  for (let count = 1; count <= steps; count++) {
    const pace = { learningRate: tensor({}, [0.01]), step: tensor({}, [count]) };
    const { loss, belief, ...next } = await program.run({ ...carried, picture, truth, ...pace });
    yield { loss: (await loss.read()).data[0], belief: (await belief.read()).data };
    for (const old of [loss, belief, ...Object.values(carried)])
      if ("dispose" in old) old.dispose();
    carried = next;
  }
}
