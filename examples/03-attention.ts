// Attention as inference: whose key explains which query, before and after keys adapt to the queries.
import { interpreterDevice } from "maskwise";
import { adaptKeys, responsibilities } from "maskwise/attention";
import { constant, graph, tensor } from "maskwise/graph";

const query = constant(tensor({ queries: 4, channels: 1 }, [0, 1, 9, 10]));
const key = constant(tensor({ keys: 2, channels: 1 }, [3, 6]));
const mixture = { key, keyPrecision: 0.1 };

const adapted = adaptKeys(mixture, query, { steps: 20, priorPrecision: 0.01 });
const { before, after, keys } = await interpreterDevice("float64").run(
  graph({
    before: responsibilities(mixture, query),
    after: responsibilities(adapted.mixture, query),
    keys: adapted.mixture.key,
  }),
  {},
);

const rounded = (numbers: ArrayLike<number>) => Array.from(numbers, (x) => x.toFixed(2)).join(" ");
console.log(rounded(before.data)); // 0.79 0.21 0.74 0.26 0.21 0.79 0.16 0.84
console.log(rounded(after.data)); // 0.98 0.02 0.96 0.04 0.03 0.97 0.02 0.98
console.log(rounded(keys.data)); // 0.82 9.12
