/** What operations on images, and attention, are told besides their inputs. Types alone. */

/** The names of the axes that attention is about. */
export interface AttentionAxes {
  /** Whoever asks: an axis of the query. */
  readonly rows: string;
  /** Whoever answers: an axis of the key; weights sum to one along it. */
  readonly keys: string;
  /** What the dot products of query and key run over. */
  readonly channels: string;
}

/** One value per side of an image. */
export interface Sides<Value> {
  readonly height: Value;
  readonly width: Value;
}

/** Pixels that the image is taken to have in front of its first and behind its last. */
export interface Padding {
  readonly before: number;
  readonly after: number;
}

/** How windows lie on an image, along each side, in pixels. */
export interface Windows {
  /** From one window to the next; at least 1. */
  readonly stride: Sides<number>;
  /** From one entry of a window to the next; at least 1. */
  readonly dilation: Sides<number>;
  readonly padding: Sides<Padding>;
}

/** How windows lie, as one writes it down; a single value is for both sides. */
export interface WindowOptions {
  /** From one window to the next, in pixels. @default 1 */
  readonly stride?: number | Sides<number>;
  /** In pixels; a number is for both ends of a side. @default 0 */
  readonly padding?: number | Sides<number | Padding>;
  /** From one entry of a window to the next, in pixels. @default 1 */
  readonly dilation?: number | Sides<number>;
}

/** The same with everything said. */
export interface Convolution extends Windows {
  readonly groups: number;
}

export interface ConvolutionOptions extends WindowOptions {
  /**
   * Into how many groups channels and filters are divided, in order; each filter sees the channels
   * of its own group only. @default 1
   */
  readonly groups?: number;
}

/** The same with everything said. */
export interface Pool extends Windows {
  readonly kernel: Sides<number>;
}

export interface PoolOptions extends WindowOptions {
  /** Height and width of a window, in entries; a single number is for both. */
  readonly kernel: number | Sides<number>;
}
