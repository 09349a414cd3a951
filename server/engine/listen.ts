import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Log } from "#server/log.ts";

const longestPauseMs = 5_000;

export type Listener = { stop: () => Promise<void> };

/**
 * Listens to Postgres channels on a connection of its own and comes back when that is lost. Notifications only save waiting:
 * what arrives while the connection is away is found by the next poll.
 */
export function listen(url: string, handlers: Record<string, () => void>, log: Log): Listener {
  const stopping = new AbortController();
  const ended = stayConnected(url, handlers, { log, signal: stopping.signal });
  return {
    stop: async () => {
      stopping.abort();
      await ended;
    },
  };
}

async function stayConnected(
  url: string,
  handlers: Record<string, () => void>,
  { log, signal }: { log: Log; signal: AbortSignal },
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      await listenOnce(url, handlers, signal);
      failures = 0;
    } catch (error) {
      log.warn({ failures, error: String(error) }, "listening connection lost");
    }
    if (!signal.aborted) await delay(Math.min(200 * 2 ** failures, longestPauseMs), null, { signal }).catch(() => null);
  }
}

/** Resolves when the connection ends; throws when it cannot be made. */
async function listenOnce(url: string, handlers: Record<string, () => void>, signal: AbortSignal): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    application_name: "chasqui-listen",
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  const lost = new Promise<void>((resolve) => {
    // Not once: the server's farewell and the reset after it are two errors, and one without a listener ends the process.
    client.on("error", () => resolve());
    client.on("end", () => resolve());
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  client.on("notification", ({ channel }) => handlers[channel]?.());
  try {
    await client.connect();
    for (const channel of Object.keys(handlers)) await client.query(`listen ${client.escapeIdentifier(channel)}`);
    // Something may have come before we listened.
    for (const wake of Object.values(handlers)) wake();
    await lost;
  } finally {
    await client.end().catch(() => undefined);
  }
}
