import type { SystemDescription } from "./describeSystem.ts";
import type { Diagnosis } from "./diagnose.ts";

/** The report as people read it. */
export function diagnosisAsText(
  system: SystemDescription,
  diagnoses: readonly Diagnosis[],
): string {
  const packages = Object.entries(system.packages).map(
    ([name, version]) => `${name} ${version ?? "not installed"}`,
  );
  const lines = [
    `maskwise ${system.maskwise}, Node ${system.node}, ${packages.join(", ")}`,
    `${system.system}, ${system.processor}, ${system.cores} cores, ${system.memory} GiB`,
    "",
    ...diagnoses.flatMap(describe),
  ];
  return `${lines.join("\n")}\n`;
}

function describe({ device, works, problem = "", notes, tasks }: Diagnosis): readonly string[] {
  const wide = Math.max(...tasks.map(({ task }) => task.length));
  return [
    works ? `${device}: works` : `${device}: does not work. ${problem}`,
    ...tasks.map(({ task, gigaflops, firstAnswer, error, agrees }) =>
      [
        `  ${task.padEnd(wide)}`,
        `${gigaflops.toPrecision(3).padStart(6)} GFLOP/s`,
        `first answer after ${firstAnswer.toFixed(0)} ms`,
        agrees ? `agrees (${error.toExponential(0)})` : `WRONG (${error.toExponential(0)})`,
      ].join("   "),
    ),
    ...notes.map((note) => `  note: ${note}`),
  ];
}
