export type { BindOptions, Device, DeviceTensor, Program } from "./device.ts";
export { interpreterDevice } from "./interpreterDevice.ts";
export type { OrtDeviceOptions } from "./ortCompiler.ts";
export { ortDevice } from "./ortDevice.ts";
export type { OrtModule } from "./ortModule.ts";
