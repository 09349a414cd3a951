import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { accessKey, workspace } from "#db/schema/index.ts";
import { newId } from "#server/id.ts";
import { fingerprint } from "#server/secret.ts";
import { keepBusy, type Load } from "./door/keep-busy.ts";
import { createOwnDatabase, type OwnDatabase } from "./own-database.ts";

/**
 * How fast the event door stores, beside a bare node HTTP server that reads the body and stores nothing: interleaved rounds on
 * the same machine, medians. Every answer counted is a 200 after the commit; the stored rows are counted at the end.
 * Needs DATABASE_URL, a Postgres in which it may make a database. `node bench/door.ts [rounds] [seconds]`
 */
const rounds = Number(process.argv[2] ?? 5);
const seconds = Number(process.argv[3] ?? 3);
const connections = 64;

const bareServer = `require("node:http").createServer((q,s)=>{const c=[];q.on("data",d=>c.push(d));q.on("end",()=>{c.length&&JSON.parse(Buffer.concat(c));s.setHeader("content-type","application/json");s.end('{"success":true}')})}).listen(process.env.DOOR_PORT,"127.0.0.1")`;

let counter = 0;
const eventOf = () => {
  const number = String(++counter).padStart(10, "0");
  return `{"type":"track","messageId":"bench-${number}","userId":"user-${String(counter % 20_000).padStart(6, "0")}","event":"Transaction Posted","properties":{"amount":105000,"currency":"XOF","merchant":"Marché Kermel","balance":2340000,"transactionId":"tx-${number}"},"timestamp":"${new Date().toISOString()}"}`;
};
const batchOf = (size: number) => `{"batch":[${Array.from({ length: size }, eventOf).join(",")}]}`;

const kinds = {
  bare: { process: "bare", path: "/", body: eventOf, events: 1, connections },
  single: { process: "door", path: "/v1/track", body: eventOf, events: 1, connections },
  batch: { process: "door", path: "/v1/batch", body: () => batchOf(100), events: 100, connections: 16 },
} as const;
type Kind = keyof typeof kinds;

const database = await createOwnDatabase();
const key = await addKey(database);
const door = await start(["server/door/main.ts"], database.url);
const bare = await start(["-e", bareServer], database.url);
const results: Record<Kind, (Load & { cpuUsPerEvent: number })[]> = { bare: [], single: [], batch: [] };
try {
  for (let round = -1; round < rounds; round++) {
    for (const [name, kind] of Object.entries(kinds) as [Kind, (typeof kinds)[Kind]][]) {
      const target = kind.process === "door" ? door : bare;
      const before = cpuSeconds(target.child);
      const load = await keepBusy({
        port: target.port,
        path: kind.path,
        key,
        body: kind.body,
        connections: kind.connections,
        seconds,
      });
      const cpuUsPerEvent = ((cpuSeconds(target.child) - before) * 1e6) / Math.max(1, load.answers * kind.events);
      // The first round warms up: just-in-time compilation, prepared statements, the people themselves.
      if (round >= 0) results[name].push({ ...load, cpuUsPerEvent });
    }
  }
  report(await countEvents(database));
} finally {
  await stop(door.child);
  await stop(bare.child);
  await database.drop();
}

function report(stored: number) {
  const rate = (kind: Kind) => median(results[kind].map((load) => load.answers / load.seconds)) * kinds[kind].events;
  const figures = {
    bare: Math.round(rate("bare")),
    single: Math.round(rate("single")),
    singleOfBare: Number((rate("single") / rate("bare")).toFixed(2)),
    batch: Math.round(rate("batch")),
    singleP50Ms: median(results.single.map((load) => load.p50Ms)),
    singleP99Ms: median(results.single.map((load) => load.p99Ms)),
    singleCpuUs: Math.round(median(results.single.map((load) => load.cpuUsPerEvent))),
    batchCpuUs: Math.round(median(results.batch.map((load) => load.cpuUsPerEvent))),
    failures: Object.values(results)
      .flat()
      .reduce((sum, load) => sum + load.failures, 0),
    stored,
  };
  for (const [name, value] of Object.entries(figures))
    process.stdout.write(`${name.padEnd(16)}${String(value).padStart(12)}\n`);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

async function addKey({ db }: OwnDatabase): Promise<string> {
  const workspaceId = newId();
  await db.insert(workspace).values({ id: workspaceId, name: "bench", slug: "bench" });
  await db
    .insert(accessKey)
    .values({ id: newId(), workspaceId, kind: "write", name: "b", hash: fingerprint("bench-key"), last4: "-key" });
  return "bench-key";
}

async function countEvents({ pool }: OwnDatabase): Promise<number> {
  const { rows } = await pool.query<{ n: number }>("select count(*)::int as n from event");
  return rows[0]?.n ?? 0;
}

async function start(args: string[], databaseUrl: string): Promise<{ child: ChildProcess; port: number }> {
  const port = await freePort();
  const home = mkdtempSync(path.join(tmpdir(), "bench-"));
  const env = {
    ...process.env,
    DOOR_PORT: String(port),
    DATABASE_URL: databaseUrl,
    CHASQUI_SECRET: "00".repeat(32),
    CHASQUI_HOME: home,
  };
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "inherit"] });
  for (let tries = 0; tries < 100; tries++) {
    const isUp = await fetch(`http://127.0.0.1:${port}/health`).then(
      () => true,
      () => false,
    );
    if (isUp) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { child, port };
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** User and system time of a process so far, where the system tells it (Linux). */
function cpuSeconds(child: ChildProcess): number {
  try {
    const fields = readFileSync(`/proc/${child.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}
