import { execFile } from "node:child_process";
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort, isPortFree } from "./free-port.ts";
import { postgresBinaries } from "./postgres-binaries.ts";
import { letOthersPass, type Runner, unprivilegedRunner } from "./unprivileged.ts";

export type PostgresOptions = {
  /** Ours alone; made when missing. The cluster lies in `data` below it. */
  folder: string;
  logFile: string;
  /** Taken when it is free; else any free port. */
  preferredPort?: number;
  /** Password of the superuser `postgres`, set when the cluster is made; without one, everybody on this machine may connect. */
  password?: string;
  /** For tests: no fsync, so that a crash of the machine may lose everything. */
  isThrowAway?: boolean;
  /** More settings, as "name=value": for benchmarks that look into the server. */
  settings?: readonly string[];
};

export type RunningPostgres = { url: string; port: number; stop: () => Promise<void> };

const host = "127.0.0.1";

/** Starts the embedded Postgres on a folder, making the cluster first when there is none. Takes over from a start that was killed. */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const bin = postgresBinaries();
  mkdirSync(options.folder, { recursive: true });
  letOthersPass(options.folder);
  const data = path.join(options.folder, "data");
  const runner = unprivilegedRunner([bin, options.folder, path.dirname(options.logFile)]);
  const pg = { bin, data, runner };
  if (!existsSync(path.join(data, "PG_VERSION"))) await makeCluster(pg, options);
  giveTo(runner, data);
  closeSync(openSync(options.logFile, "a", 0o600));
  giveTo(runner, options.logFile);
  await endLeftOver(pg);
  const port = await startServer(pg, options);
  return { url: embeddedUrl(port, "postgres", options.password), port, stop: () => stopServer(pg) };
}

/** The address of a database of an embedded Postgres. */
export function embeddedUrl(port: number, database: string, password?: string): string {
  const login = password ? `postgres:${encodeURIComponent(password)}` : "postgres";
  return `postgres://${login}@${host}:${port}/${database}`;
}

type Cluster = { bin: string; data: string; runner: Runner };

async function makeCluster(pg: Cluster, { folder, password, isThrowAway }: PostgresOptions): Promise<void> {
  // Made under another name and moved at the end: half a cluster of an interrupted start must not pass for a whole one.
  const raw = path.join(folder, "data.new");
  rmSync(raw, { recursive: true, force: true });
  mkdirSync(raw, { mode: 0o700 });
  giveTo(pg.runner, raw);
  const given = [
    "-D",
    raw,
    "-U",
    "postgres",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
  ];
  given.push(
    "--data-checksums",
    ...(isThrowAway ? ["--no-sync"] : []),
    password ? "--auth=scram-sha-256" : "--auth=trust",
  );
  const passwordFile = path.join(folder, "password");
  if (password) {
    writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
    giveTo(pg.runner, passwordFile);
    given.push(`--pwfile=${passwordFile}`);
  }
  try {
    await run(pg, "initdb", given);
    renameSync(raw, pg.data);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function startServer(pg: Cluster, options: PostgresOptions): Promise<number> {
  const settings = [
    ...(options.settings ?? []),
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    "shared_buffers=256MB",
    "max_wal_size=2GB",
    // A queue leaves thousands of dead rows a second; looked after once a minute it had grown sixfold (docs/decisions/010-storage.md).
    "autovacuum_naptime=5s",
  ];
  if (options.isThrowAway) settings.push("fsync=off", "synchronous_commit=off", "full_page_writes=off");
  let failure: unknown;
  for (let attempt = 0; attempt < 8; attempt++) {
    const isPreferred =
      attempt === 0 && options.preferredPort !== undefined && (await isPortFree(options.preferredPort, host));
    const port = isPreferred && options.preferredPort ? options.preferredPort : await freePort();
    const given = [`-p ${port}`, ...settings.map((setting) => `-c ${setting}`)].join(" ");
    try {
      await run(pg, "pg_ctl", ["start", "-D", pg.data, "-l", options.logFile, "-w", "-t", "60", "-o", given]);
      return port;
    } catch (error) {
      // A port taken in between, or back-ends of a killed server that still hold its memory for a moment.
      failure = error;
      await delay(500);
    }
  }
  throw new Error(`The embedded Postgres does not start; its log is ${options.logFile}.`, { cause: failure });
}

/** Ends a server that outlived a killed start, and removes its mark where the process is gone. */
async function endLeftOver(pg: Cluster): Promise<void> {
  const mark = path.join(pg.data, "postmaster.pid");
  if (!existsSync(mark)) return;
  const [pid, , , port] = readFileSync(mark, "utf8").split("\n");
  const isAnswering = port ? !(await isPortFree(Number(port), host)) : false;
  if (isAnswering) await stopServer(pg).catch(() => undefined);
  // Process ids start again in a container: the id may belong to somebody else now, which Postgres would take for a running server.
  if (existsSync(mark) && !isPostgres(Number(pid))) rmSync(mark, { force: true });
}

function isPostgres(pid: number): boolean {
  const name = `/proc/${pid}/comm`;
  if (process.platform === "linux") return existsSync(name) && readFileSync(name, "utf8").startsWith("postgres");
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function stopServer(pg: Cluster): Promise<void> {
  if (!existsSync(path.join(pg.data, "postmaster.pid"))) return;
  try {
    await run(pg, "pg_ctl", ["stop", "-D", pg.data, "-m", "fast", "-w", "-t", "6"]);
  } catch {
    // Immediate is a crash that the next start recovers from: nothing committed is lost.
    if (existsSync(path.join(pg.data, "postmaster.pid")))
      await run(pg, "pg_ctl", ["stop", "-D", pg.data, "-m", "immediate", "-w", "-t", "3"]);
  }
}

function giveTo({ owner }: Runner, place: string): void {
  const stat = statSync(place);
  if (!owner || stat.uid === owner.uid) return;
  chownSync(place, owner.uid, owner.gid);
  if (!stat.isDirectory()) return;
  for (const entry of readdirSync(place, { recursive: true }))
    chownSync(path.join(place, String(entry)), owner.uid, owner.gid);
}

function run({ bin, data, runner }: Cluster, program: string, given: string[]): Promise<void> {
  const [command = program, ...rest] = [...runner.prefix, path.join(bin, program), ...given];
  const environment = { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
  const options = { cwd: path.dirname(data), env: environment, ...(runner.prefix.length === 0 ? runner.owner : {}) };
  return new Promise((resolve, reject) => {
    const child = execFile(command, rest, options, (error, _out, problem) => {
      if (error) reject(new Error(`${program} failed: ${problem.trim() || error.message}`, { cause: error }));
      else resolve();
    });
    child.stdin?.end();
  });
}
