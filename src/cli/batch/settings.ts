/** What is the same for all jobs of a batch, wherever they are done. */

import { z } from "zod";
import { type PromptKind, promptKinds } from "../../batch/index.ts";
import { type DeviceName, deviceNames } from "../../node/index.ts";

export interface Settings {
  /** A name or a file. */
  readonly model: string;
  /** Of the model's file, where it has one. */
  readonly modelHash?: string | undefined;
  readonly device?: DeviceName | undefined;
  readonly prompts: readonly PromptKind[];
  /** The folder of pictures. */
  readonly pictures: string;
  /** The folder of masks to start from. */
  readonly masks?: string | undefined;
  /** Of all jobs, in order: with other prompts it is another batch. */
  readonly planHash: string;
}

export const settingsSchema: z.ZodType<Settings> = z.object({
  model: z.string(),
  modelHash: z.string().optional(),
  device: z.enum(deviceNames as [DeviceName, ...DeviceName[]]).optional(),
  prompts: z.array(z.enum(promptKinds as [PromptKind, ...PromptKind[]])),
  pictures: z.string(),
  masks: z.string().optional(),
  planHash: z.string(),
});
