export type { BindOptions, Device, DeviceTensor, Program } from "./device.ts";
export { examineDevice, type TaskReport } from "./examineDevice.ts";
export { inTurn } from "./inTurn.ts";
export { interpreterDevice } from "./interpreterDevice.ts";
export type { OrtDeviceOptions } from "./ortCompiler.ts";
export { ortDevice } from "./ortDevice.ts";
export type { OrtLoadedSession, OrtModule, OrtTensor, OrtType } from "./ortModule.ts";
export { type OrtNetworkOptions, ortNetwork } from "./ortNetwork.ts";
