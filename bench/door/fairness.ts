import { setTimeout as delay } from "node:timers/promises";
import { Agent, request } from "undici";
import { keepBusy } from "./keep-busy.ts";
import { eventText } from "./kinds.ts";

export type Neighbours = { aloneP95Ms: number; besideP95Ms: number; noisyTaken: number; noisyRefused: number };

const perSecond = 200;
const tickMs = 10;

/** How much longer one workspace waits for its answers while another sends, from 64 connections, far beyond its pace. */
export async function measureNeighbours(
  port: number,
  keys: { calm: string; noisy: string },
  seconds: number,
): Promise<Neighbours> {
  const aloneP95Ms = await sendCalmly(port, keys.calm, seconds);
  const flood = { port, path: "/v1/track", key: keys.noisy, body: eventText, connections: 64 };
  const noise = keepBusy({ ...flood, seconds: seconds + 1 });
  await delay(1_000);
  const besideP95Ms = await sendCalmly(port, keys.calm, seconds);
  const { answers, failures } = await noise;
  return { aloneP95Ms, besideP95Ms, noisyTaken: answers, noisyRefused: failures };
}

/** An even load, whatever the answers take. Answers its 95th percentile in milliseconds. */
async function sendCalmly(port: number, key: string, seconds: number): Promise<number> {
  const agent = new Agent({ connections: 32 });
  const times: number[] = [];
  const calls: Promise<void>[] = [];
  const begun = performance.now();
  while (performance.now() - begun < seconds * 1000) {
    const due = ((performance.now() - begun) / 1000) * perSecond;
    while (calls.length < due) calls.push(sendOne(port, key, agent, times));
    await delay(tickMs);
  }
  await Promise.all(calls);
  await agent.close();
  times.sort((a, b) => a - b);
  return Number((times[Math.floor(times.length * 0.95)] ?? 0).toFixed(1));
}

async function sendOne(port: number, key: string, dispatcher: Agent, times: number[]): Promise<void> {
  const sentAt = performance.now();
  const { statusCode, body } = await request(`http://127.0.0.1:${port}/v1/track`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}` },
    body: eventText(),
    dispatcher,
  });
  await body.dump();
  if (statusCode !== 200) throw new Error(`The calm workspace was answered ${statusCode}.`);
  times.push(performance.now() - sentAt);
}
