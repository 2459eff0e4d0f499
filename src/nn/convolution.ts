import type { ConvolutionOptions, Padding, Sides } from "../graph/attributes.ts";
import type { Node } from "../graph/node.ts";
import { add } from "../graph/operations/add.ts";
import { convolve } from "../graph/operations/convolve.ts";
import { placeOf } from "../graph/shapes.ts";
import { sides } from "../graph/windows/windows.ts";
import { he, zeros } from "./initialisers.ts";
import { learnt, type Parameter } from "./parameters.ts";

export type ConvolutionParameters<Leaf> = {
  /** `[filters, channels, kernelHeight, kernelWidth]`, channels of one group. */
  readonly weight: Leaf;
  /** `[channels]`, as many as filters. */
  readonly bias?: Leaf | undefined;
};

export interface ConvolutionSize {
  /** Channels of the input, of all groups. */
  readonly channels: number;
  readonly filters: number;
  /** Height and width of the kernel; a single number is for both. */
  readonly kernel: number | Sides<number>;
  /** @default 1 */
  readonly groups?: number;
  /** Whether there is one. Before a norm it would be taken out again. @default false */
  readonly bias?: boolean;
}

/** What a convolution needs; weights begin as He's. */
export function convolutionParameters({
  channels,
  filters,
  kernel,
  groups = 1,
  bias = false,
}: ConvolutionSize): ConvolutionParameters<Parameter> {
  const { height, width } = sides(kernel);
  const weight = learnt(
    { filters, channels: channels / groups, kernelHeight: height, kernelWidth: width },
    he("channels", "kernelHeight", "kernelWidth"),
  );
  return bias ? { weight, bias: learnt({ channels: filters }, zeros) } : { weight };
}

/**
 * A convolution with its bias; see `convolve` for the sizes and errors.
 *
 * @param x `[…, channels, height, width]`.
 * @returns `[…, channels, height, width]`, as many channels as filters.
 */
export function convolution(
  x: Node,
  { weight, bias }: ConvolutionParameters<Node>,
  options: ConvolutionOptions = {},
): Node {
  const y = convolve(x, weight, options);
  return bias === undefined ? y : add(y, bias);
}

/**
 * The padding under which `⌈size / stride⌉` windows see an image, one pixel more behind than in front
 * where it is uneven; as TensorFlow's "SAME".
 *
 * @param x `[…, height, width]`.
 * @returns The padding of each side, in pixels.
 * @throws {ShapeError} When x has no height or width.
 */
export function samePadding(
  x: Node,
  kernel: number | Sides<number>,
  { stride = 1, dilation = 1 }: Pick<ConvolutionOptions, "stride" | "dilation"> = {},
): Sides<Padding> {
  const along = (side: keyof Sides<unknown>): Padding => {
    const { size } = x.axes[placeOf("samePadding", x, side)];
    const step = sides(stride)[side];
    const extent = sides(dilation)[side] * (sides(kernel)[side] - 1) + 1;
    const total = Math.max(0, (Math.ceil(size / step) - 1) * step + extent - size);
    return { before: Math.floor(total / 2), after: Math.ceil(total / 2) };
  };
  return { height: along("height"), width: along("width") };
}
