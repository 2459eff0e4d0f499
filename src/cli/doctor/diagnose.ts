import { type DeviceName, openDevice } from "../../node/index.ts";
import { type Device, examineDevice, type TaskReport } from "../../runtime/index.ts";

/** What was found out about one device. */
export interface Diagnosis {
  readonly device: DeviceName;
  readonly works: boolean;
  /** Why it does not work. */
  readonly problem?: string;
  /** What it did otherwise than asked. */
  readonly notes: readonly string[];
  readonly tasks: readonly TaskReport[];
}

/** How many tasks there are to examine a device with. */
const TASKS = 3;

/**
 * @param now  A clock in milliseconds.
 * @param done Told the share of the work that is done.
 */
export async function diagnose(
  name: DeviceName,
  now: () => number,
  done: (share: number) => void,
): Promise<Diagnosis> {
  const tasks: TaskReport[] = [];
  let device: Device | undefined;
  try {
    device = await openDevice(name);
    for await (const report of examineDevice(device, now)) {
      tasks.push(report);
      done(tasks.length / TASKS);
    }
    return { device: name, works: true, notes: [...device.notes], tasks };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { device: name, works: false, problem, notes: [...(device?.notes ?? [])], tasks };
  } finally {
    await device?.dispose();
  }
}
