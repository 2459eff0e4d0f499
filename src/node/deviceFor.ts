import { isNetwork } from "../models/index.ts";
import { type Device, interpreterDevice } from "../runtime/index.ts";
import { type DeviceName, type OpenDeviceOptions, openDevice } from "./openDevice.ts";
import { isOnnx, isWeights, onnxDevice } from "./openModel.ts";

/**
 * The device of a name; without one, what fits the model: networks run on `cpu` where its package is
 * installed, `.onnx` files on `cpu`, everything else by the interpreter, which loads nothing.
 *
 *     const { run } = await deviceFor("small");
 *
 * A network runs by the interpreter too, several times slower; the device's notes then say what to
 * install.
 *
 * @param model The name of a model, or of its file.
 * @throws {Error} The package of the named device is not installed.
 */
export async function deviceFor(
  model: string,
  name?: DeviceName,
  options: OpenDeviceOptions = {},
): Promise<Device> {
  if (isOnnx(model)) return openDevice(onnxDevice(name), options);
  if (name !== undefined) return openDevice(name, options);
  if (!isNetwork(model) && !isWeights(model)) return interpreterDevice();
  try {
    return await openDevice("cpu", options);
  } catch (cause) {
    const note = `The interpreter computes, which is slower. ${(cause as Error).message}`;
    return { ...interpreterDevice(), notes: [note] };
  }
}
