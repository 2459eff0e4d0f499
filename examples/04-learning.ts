// Learning: a loss is a graph, its gradients are graphs, and so is a whole step of training.
import { interpreterDevice } from "maskwise";
import { add, graph, input, mean, multiply, square, subtract, tensor } from "maskwise/graph";
import { adam, trainingStep } from "maskwise/train";

// A line y = slope · x + shift through three points.
const [slope, shift] = [input("slope", {}), input("shift", {})];
const [x, y] = [input("x", { points: 3 }), input("y", { points: 3 })];
const line = add(multiply(slope, x), shift);
const loss = mean(square(subtract(line, y)), "points");

const step = trainingStep({ loss, parameters: { slope, shift }, optimiser: adam() });
const points = { x: tensor({ points: 3 }, [0, 1, 2]), y: tensor({ points: 3 }, [1, 3, 5]) };
const { run } = interpreterDevice("float64");

let carried = step.start({ slope: tensor({}, [0]), shift: tensor({}, [0]) });
for (let count = 1; count <= 300; count++) {
  const pace = { learningRate: tensor({}, [0.1]), step: tensor({}, [count]) };
  carried = await run(step.graph, { ...carried, ...points, ...pace });
}
console.log(carried["slope"].data[0].toFixed(3)); // 2.000
console.log(carried["shift"].data[0].toFixed(3)); // 1.000

const { three } = await run(graph({ three: line }), {
  ...carried,
  x: tensor({ points: 3 }, [10, 20, 30]),
});
console.log(Array.from(three.data, (value) => value.toFixed(1)).join(" ")); // 21.0 41.0 61.0
