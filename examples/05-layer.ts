// The layer of the paper on a device: what it needs by name, numbers for that, and what comes out.
import { interpreterDevice, randomNumbers } from "maskwise";
import { graph, input, tensor } from "maskwise/graph";
import {
  initialise,
  parameterNodes,
  probabilisticAttention,
  probabilisticAttentionParameters,
} from "maskwise/nn";

const wanted = probabilisticAttentionParameters({
  features: 2,
  heads: 2,
  channels: 3,
  height: 2,
  width: 3,
  learnt: { keyPrecision: 1 },
});
const weights = initialise(wanted, randomNumbers(1));
console.log(Object.keys(weights).join(" ")); // query key value out precisions.keyPrecision

// Keys adapt to the image by two EM steps before they answer.
const x = input("x", { features: 2, height: 2, width: 3 });
const y = probabilisticAttention(x, parameterNodes(wanted), { keySteps: 2, keyPriorPrecision: 1 });

// Or `await openDevice("cpu")` of maskwise/node: the weights are packed once, the layer runs many times.
const device = interpreterDevice();
const layer = await device.bind(graph({ y }), { constants: weights });
const image = tensor({ features: 2, height: 2, width: 3 }, [1, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 1]);
const { y: out } = await layer.run({ x: image });

const { axes, data } = await out.read();
console.log(axes.map(({ name, size }) => `${name} ${size}`).join(", ")); // features 2, height 2, width 3
console.log(Array.from(data.slice(0, 3), (value) => value.toFixed(3)).join(" ")); // 0.602 0.602 0.709
await device.dispose();
