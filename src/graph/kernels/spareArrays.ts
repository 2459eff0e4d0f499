import type { DType, HostTensor, TensorData } from "../../tensor/hostTensor.ts";

/** Below this many entries a new array costs less than keeping account of an old one. */
export const WORTH_KEEPING = 4096;

/**
 * Arrays that the values of one run lie in, so that large ones are used again once nobody reads
 * them: fresh memory costs more than most operations on it, and is given back late.
 *
 * Several values may lie in one array. Account is kept of large arrays only.
 */
export interface SpareArrays {
  /** A value of this run has come to be. */
  hold(value: HostTensor): void;
  /** A value whose array belongs to somebody else: it is never used again. */
  holdForeign(value: HostTensor): void;
  /** A value that nobody will read any more. */
  release(value: HostTensor): void;
  /** An array of this length and dtype that no value lies in, if there is one. */
  take(dtype: DType, length: number): TensorData | undefined;
  /** An array that was taken and not needed. */
  giveBack(dtype: DType, array: TensorData): void;
}

export function spareArrays(): SpareArrays {
  /** How many values lie in an array. */
  const holders = new Map<TensorData, number>();
  const spare = new Map<string, TensorData[]>();
  const isLarge = ({ data }: HostTensor): boolean => data.length >= WORTH_KEEPING;
  const giveBack: SpareArrays["giveBack"] = (dtype, array) => {
    const key = `${dtype} ${array.length}`;
    const others = spare.get(key);
    if (others === undefined) spare.set(key, [array]);
    else others.push(array);
  };
  return {
    hold: (value) => {
      if (isLarge(value)) holders.set(value.data, (holders.get(value.data) ?? 0) + 1);
    },
    holdForeign: (value) => {
      if (isLarge(value)) holders.set(value.data, Infinity);
    },
    release: (value) => {
      if (!isLarge(value)) return;
      const left = (holders.get(value.data) ?? 0) - 1;
      holders.set(value.data, left);
      if (left > 0) return;
      holders.delete(value.data);
      giveBack(value.dtype, value.data);
    },
    take: (dtype, length) => spare.get(`${dtype} ${length}`)?.pop(),
    giveBack,
  };
}
