/** `maskwise serve`: the same masks for other programs, over HTTP. */

import { availableParallelism } from "node:os";
import { Command, InvalidArgumentError, Option } from "commander";
import { type DeviceName, deviceFor, openModel } from "../node/index.ts";
import { LIMITS, serveApi } from "../server/index.ts";
import { deviceOption } from "./deviceOption.ts";
import { modelOption } from "./modelOption.ts";
import { portNumber } from "./portNumber.ts";
import { startSegmentingThread } from "./serving/startSegmentingThread.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";

const EXAMPLES = `
The token is made up unless --token or the variable MASKWISE_TOKEN gives one. docs/api.md has the
routes, and how Label Studio and CVAT ask here.

Examples:
  $ maskwise serve
  $ maskwise serve --host 0.0.0.0 --port 7878 --name maskwise.lan`;

export function serveCommand(terminal: Terminal): Command {
  return new Command("serve")
    .description("Segment for other programs over HTTP; Label Studio and CVAT can ask, too.")
    .addOption(
      new Option("--port <number>", "port to listen on")
        .default(0, "a free one")
        .argParser(portNumber),
    )
    .option("--host <address>", "address to listen on; 0.0.0.0 for all of them", "127.0.0.1")
    .addOption(
      new Option("--token <text>", "what clients must send").env("MASKWISE_TOKEN").argParser(token),
    )
    .addOption(
      new Option("--name <host>", "another name that clients call this machine by; repeatable")
        .default([], "none")
        .argParser(collected),
    )
    .addOption(
      new Option("--allow-origin <origin>", "a web page's origin that may ask; repeatable")
        .default([], "none")
        .argParser(origin),
    )
    .addOption(
      new Option("--label-studio <url>", "where Label Studio is, for the images of its tasks")
        .env("LABEL_STUDIO_URL")
        .argParser(address),
    )
    .addOption(
      new Option("--images-from <origin>", "another server of tasks' images; repeatable")
        .default([], "none")
        .argParser(origin),
    )
    .addOption(modelOption())
    .addOption(deviceOption())
    .addOption(
      new Option("--workers <number>", "threads that segment beside each other")
        .default(DEFAULT_WORKERS)
        .argParser(whole),
    )
    .addOption(
      new Option("--max-megapixels <number>", "refuse larger pictures")
        .default(LIMITS.maxMegapixels)
        .argParser(whole),
    )
    .addOption(
      new Option("--max-memory <MiB>", "for encoded pictures, about")
        .default(LIMITS.maxEncodedBytes / 2 ** 20)
        .argParser(whole),
    )
    .addHelpText("after", EXAMPLES)
    .action((options: ServeOptions) => serve(options, terminal));
}

/** Half of the cores: each computes on two threads of its own where its device can. */
const DEFAULT_WORKERS = Math.max(1, Math.floor(availableParallelism() / 2));

interface ServeOptions {
  readonly port: number;
  readonly host: string;
  readonly token?: string;
  readonly name: readonly string[];
  readonly allowOrigin: readonly string[];
  readonly labelStudio?: string;
  readonly imagesFrom: readonly string[];
  readonly model: string;
  readonly device?: DeviceName;
  readonly workers: number;
  readonly maxMegapixels: number;
  readonly maxMemory: number;
}

async function serve(options: ServeOptions, terminal: Terminal): Promise<void> {
  const { port, host, token, model, device, workers, maxMegapixels, maxMemory } = options;
  const stop = terminal.interrupted();
  const threads = Math.max(1, Math.floor(availableParallelism() / workers));
  await tried(model, device, terminal);
  const server = await serveApi({
    start: () => startSegmentingThread({ model, device, threads, maxMegapixels }),
    threads: workers,
    model,
    version: version(),
    now: terminal.now,
    host,
    port,
    ...(token !== undefined && { token }),
    names: options.name,
    origins: options.allowOrigin,
    ...(options.labelStudio !== undefined && {
      labelStudio: {
        url: options.labelStudio,
        imagesFrom: options.imagesFrom,
        key: process.env["LABEL_STUDIO_API_KEY"],
      },
    }),
    limits: { maxMegapixels, maxEncodedBytes: maxMemory * 2 ** 20 },
    report: (error) => terminal.talk(`error: ${error.message}\n`),
  });
  try {
    terminal.talk(`Serving ${model} at ${server.url}, described at ${server.url}/openapi.json.\n`);
    terminal.talk(`Send the token with every request: Authorization: Bearer ${server.token}\n`);
    await terminal.result(`${JSON.stringify({ url: server.url, token: server.token })}\n`);
    terminal.talk("Press Ctrl-C to stop.\n");
    await stop;
  } finally {
    await server.close();
  }
}

/** Whatever is wrong with the model or its device is found before anybody asks. */
async function tried(
  model: string,
  deviceName: DeviceName | undefined,
  terminal: Terminal,
): Promise<void> {
  await openModel(model, { device: deviceName });
  const device = await deviceFor(model, deviceName);
  for (const note of device.notes) terminal.talk(`${note}\n`);
  await device.dispose();
}

const SHORTEST_TOKEN = 16;

function token(text: string): string {
  if (text.length >= SHORTEST_TOKEN && /^[\x21-\x7e]+$/.test(text)) return text;
  throw new InvalidArgumentError(
    `Expected at least ${SHORTEST_TOKEN} letters without spaces, which nobody can guess.`,
  );
}

function whole(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 1e6) return value;
  throw new InvalidArgumentError("Expected a whole number of at least 1.");
}

function address(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text;
  throw new InvalidArgumentError("Expected an address, such as http://localhost:8080.");
}

function collected(text: string, before: readonly string[]): readonly string[] {
  return [...before, text];
}

function origin(text: string, before: readonly string[]): readonly string[] {
  if (URL.canParse(text) && new URL(text).origin === text) return collected(text, before);
  throw new InvalidArgumentError("Expected an origin, such as https://example.com.");
}
