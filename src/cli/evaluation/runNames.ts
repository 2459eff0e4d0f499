import type { Report } from "../../evaluate/index.ts";

/**
 * What to call runs where they are shown together: by their model; where some share it, also by their
 * device; where they share that too, by a number.
 */
export function runNames(reports: readonly Pick<Report, "model" | "device">[]): readonly string[] {
  const models = reports.map(({ model }) => model);
  const onDevices = reports.map(({ model, device }) =>
    isShared(model, models) ? `${model} on ${deviceName(device)}` : model,
  );
  return onDevices.map((name, at) => {
    if (!isShared(name, onDevices)) return name;
    return `${name} (${onDevices.slice(0, at + 1).filter((other) => other === name).length})`;
  });
}

/** Of what a report says of its device, the name, which stands first. */
export function deviceName(device: string): string {
  return device.split("; ")[0];
}

function isShared(name: string, names: readonly string[]): boolean {
  return names.filter((other) => other === name).length > 1;
}
