/** A network in a file, as whatever runs it describes it; the edge hands it in. */
export interface Network {
  readonly inputs: readonly NetworkValue[];
  readonly outputs: readonly NetworkValue[];
  /** What the file says of itself, by name. @default nothing */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Inputs by name in, outputs by name out. */
  run(given: Readonly<Record<string, Numbers>>): Promise<Readonly<Record<string, Numbers>>>;
}

/** What a file says of an input or an output. */
export interface NetworkValue {
  readonly name: string;
  /** Of its numbers, such as `float32`. */
  readonly type: string;
  /** Numbers above 0 are fixed; anything else is known only when the network runs. */
  readonly sizes: readonly (number | string)[];
}

/** Numbers of single precision, the last of the sizes contiguous. */
export interface Numbers {
  readonly sizes: readonly number[];
  readonly data: Float32Array;
}
