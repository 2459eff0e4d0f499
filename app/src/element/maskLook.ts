/** How masks are drawn. */
export interface MaskLook {
  /** Of the masks' colours, in [0, 1]. */
  readonly opacity?: number;
  readonly outline?: boolean;
  readonly uncertainty?: boolean;
}
