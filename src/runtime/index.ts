export { type Device, interpreterDevice } from "./device.ts";
