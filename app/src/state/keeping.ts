/** How it stands with keeping. */
export type Keeping =
  /** There is nothing to keep yet, or nowhere to keep it. */
  | { readonly kind: "nothing" }
  | { readonly kind: "kept" }
  | { readonly kind: "writing" }
  | { readonly kind: "failed"; readonly isFull: boolean; readonly reason: string };
