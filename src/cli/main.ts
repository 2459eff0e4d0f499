#!/usr/bin/env node
import { runCommandLine } from "./runCommandLine.ts";
import { systemTerminal } from "./terminal.ts";

process.exitCode = await runCommandLine(process.argv.slice(2), systemTerminal());
