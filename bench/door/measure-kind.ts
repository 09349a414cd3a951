import type { ChildProcess } from "node:child_process";
import { postgresCpuUs, processCpuUs } from "../engine/cpu-time.ts";
import { keepBusy } from "./keep-busy.ts";
import { bodyOf, type Kind } from "./kinds.ts";
import { type OrdinaryLoad, sendWithAutocannon } from "./send-with-autocannon.ts";

export type Server = { child: ChildProcess; port: number; backendPid: number };

/** Rates and microseconds of CPU by event. */
export type Round = {
  perSecond: number;
  serverUs: number;
  postgresUs: number;
  clientUs: number;
  p50Ms: number;
  p99Ms: number;
  failures: number;
};

export async function measureKind(kind: Kind, { child, port, backendPid }: Server, key: string, seconds: number) {
  const before = [processCpuUs(child.pid ?? 0), postgresCpuUs(backendPid)] as const;
  const { path, connections } = kind;
  const options = { port, path, key, connections, seconds };
  const load = await (kind.client === "sockets" ? sendOnSockets(kind, options) : sendWithAutocannon(options));
  const events = Math.max(1, load.answers * kind.events);
  const round: Round = {
    perSecond: events / load.seconds,
    serverUs: (processCpuUs(child.pid ?? 0) - before[0]) / events,
    postgresUs: (postgresCpuUs(backendPid) - before[1]) / events,
    clientUs: load.cpuUs / events,
    p50Ms: load.p50Ms,
    p99Ms: load.p99Ms,
    failures: load.failures,
  };
  return round;
}

async function sendOnSockets(kind: Kind, options: Parameters<typeof sendWithAutocannon>[0]): Promise<OrdinaryLoad> {
  const before = process.cpuUsage();
  const load = await keepBusy({ ...options, body: () => bodyOf(kind) });
  const { user, system } = process.cpuUsage(before);
  return { ...load, cpuUs: user + system };
}
