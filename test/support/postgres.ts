/** A PostgreSQL server of a test's own, in a folder that goes with it. */

import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Postgres {
  readonly url: string;
  stop(): void;
}

/** Where Debian and others put the programs. */
function binaries(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort().reverse() : [];
  return [
    ...versions.map((version) => join(debian, version, "bin")),
    ...(process.env["PATH"] ?? "").split(":"),
  ].find(
    (folder) =>
      folder !== "" && ["initdb", "pg_ctl"].every((name) => existsSync(join(folder, name))),
  );
}

/** Why no server can be started here; `undefined` where one can. */
export function withoutPostgres(): string | undefined {
  if (process.platform === "win32") return "PostgreSQL is started as on Unix";
  return binaries() === undefined ? "PostgreSQL is not installed" : undefined;
}

/** Somebody who is not root, since PostgreSQL refuses root. */
function ids(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string, name: string) =>
    Number(execFileSync("id", [flag, name], { encoding: "utf8" }));
  try {
    return { uid: id("-u", "postgres"), gid: id("-g", "postgres") };
  } catch {
    return { uid: id("-u", "nobody"), gid: id("-g", "nobody") };
  }
}

export async function startPostgres(): Promise<Postgres> {
  const bin = binaries();
  if (bin === undefined) throw new Error("expected PostgreSQL to be installed, got none");
  const folder = mkdtempSync(join(tmpdir(), "maskwise-pg-"));
  const user = ids();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const port = await freePort();
  const data = join(folder, "data");
  const run = (program: string, ...words: readonly string[]) =>
    execFileSync(join(bin, program), words, { ...user, cwd: folder, stdio: "ignore" });
  run("initdb", "-D", data, "-A", "trust", "-U", "maskwise", "--no-sync");
  const options = `-k ${folder} -c listen_addresses=127.0.0.1 -p ${port} -c fsync=off`;
  run("pg_ctl", "-D", data, "-w", "-t", "300", "-o", options, "-l", join(folder, "log"), "start");
  return {
    url: `postgres://maskwise@127.0.0.1:${port}/postgres`,
    stop: () => {
      run("pg_ctl", "-D", data, "-m", "immediate", "-t", "300", "stop");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === "object" && address !== null) resolve(address.port);
        else reject(new Error("no port"));
      });
    });
  });
}
