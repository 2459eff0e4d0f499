import { Option } from "commander";
import { deviceNames } from "../node/index.ts";

/** Where graphs run, as every command that runs some is told; without it, the model decides. */
export function deviceOption(): Option {
  return new Option("--device <name>", "what computes (docs/devices.md)")
    .choices(deviceNames)
    .default(undefined, "for networks cpu where it is installed, else interpreter");
}
