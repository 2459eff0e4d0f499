import { Option } from "commander";
import { deviceNames } from "../node/index.ts";

/** Where graphs run, as every command that runs some is told. */
export function deviceOption(): Option {
  return new Option("--device <name>", "what computes (docs/devices.md)")
    .choices(deviceNames)
    .default("interpreter");
}
