export { bindAxes, type HasAxes } from "./bindAxes.ts";
export {
  type Axis,
  type DType,
  describeAxes,
  type HostTensor,
  ShapeError,
  type Sizes,
  type TensorData,
  tensor,
} from "./hostTensor.ts";
export { normalNumbers, randomNumbers } from "./random.ts";
