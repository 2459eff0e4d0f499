import { input } from "../../graph/operations/input.ts";
import type { ClickInputs } from "../../models/network/clickInputs.ts";

/** Inputs for so many clicks on each image of a batch, named as `clickTensors` names them. */
export function clickNodes(batch: number, clicks: number): ClickInputs {
  const sizes = { batch, clicks };
  return {
    row: input("row", sizes),
    column: input("column", sizes),
    says: input("says", sizes),
    weight: input("weight", sizes),
  };
}
