/** `maskwise doctor`: what works here, how fast, and whether its answers are right. */

import { Command, InvalidArgumentError } from "commander";
import { type DeviceName, deviceNames } from "../node/index.ts";
import { describeSystem } from "./doctor/describeSystem.ts";
import { type Diagnosis, diagnose } from "./doctor/diagnose.ts";
import { diagnosisAsText } from "./doctor/diagnosisAsText.ts";
import { progressOn } from "./progress.ts";
import type { Terminal } from "./terminal.ts";

const EXAMPLES = `
A device that is missing is no fault; one that answers wrongly is: then the exit code is 1.

Examples:
  $ maskwise doctor
  $ maskwise doctor --device cpu --json`;

export function doctorCommand(terminal: Terminal): Command {
  return new Command("doctor")
    .description("Say which devices work here, how fast they are, and whether they agree.")
    .option(
      "--device <name>",
      `look at this one only; may be repeated (${deviceNames.join(", ")})`,
      oneMore,
    )
    .option("--json", "print the report for programs")
    .addHelpText("after", EXAMPLES)
    .action(({ device, json }: DoctorOptions) =>
      doctor(device ?? deviceNames, json === true, terminal),
    );
}

function oneMore(text: string, before: readonly DeviceName[] = []): readonly DeviceName[] {
  const name = deviceNames.find((known) => known === text);
  if (name === undefined) throw new InvalidArgumentError(`Expected ${deviceNames.join(", ")}.`);
  return [...before, name];
}

interface DoctorOptions {
  readonly device?: readonly DeviceName[];
  readonly json?: true;
}

async function doctor(
  names: readonly DeviceName[],
  asJson: boolean,
  terminal: Terminal,
): Promise<void> {
  const progress = progressOn(terminal);
  const system = describeSystem();
  const diagnoses: Diagnosis[] = [];
  for (const name of names) {
    diagnoses.push(await diagnose(name, terminal.now, progress.step(name)));
  }
  progress.clear();
  await terminal.result(
    asJson
      ? `${JSON.stringify({ ...system, devices: diagnoses }, undefined, 2)}\n`
      : diagnosisAsText(system, diagnoses),
  );
  const wrong = diagnoses.filter(({ tasks }) => tasks.some(({ agrees }) => !agrees));
  if (wrong.length > 0) {
    throw new Error(
      `${wrong.map(({ device }) => device).join(", ")}: expected the interpreter's answers, got ` +
        `others. Use another device, and please report this with what is printed above.`,
    );
  }
}
